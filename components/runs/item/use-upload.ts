'use client'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { holdItem } from '#lib/runs/queries.ts'
import { useDesk } from '../board/desk.ts'
import { sendFile } from './send-file.ts'

export type Upload = { name: string; bytes: number; sent: number }

/** Sends files one after the other; the first that is refused stops the row. */
export function useUpload(itemKey: string) {
  const desk = useDesk()
  const [upload, setUpload] = useState<Upload | null>(null)
  const [error, setError] = useState<string>()
  const abort = useRef<AbortController | null>(null)

  async function sendOne(file: File, note: string): Promise<boolean> {
    const controller = new AbortController()
    abort.current = controller
    const { name, size } = file
    setUpload({ name, bytes: size, sent: 0 })
    const onProgress = (sent: number) => setUpload({ name, bytes: size, sent: Math.min(sent, size) })
    const { runId } = desk
    const answer = await sendFile({ runId, itemKey, file, note, onProgress, signal: controller.signal })
    if (!answer.ok) {
      setError(`${name}: ${answer.refusal.message}`)
      return false
    }
    holdItem(desk, answer.value.value.item)
    announce(`${name} attached`)
    return true
  }

  /** True when all of them were attached. */
  async function send(files: readonly File[], note: string): Promise<boolean> {
    setError(undefined)
    let sent = 0
    for (const file of files) {
      if (!(await sendOne(file, note))) break
      sent += 1
    }
    setUpload(null)
    return sent === files.length
  }

  return { upload, error, send, cancel: () => abort.current?.abort() }
}
