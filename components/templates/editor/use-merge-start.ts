import { useEffect, useState } from 'react'
import { editorText } from '#lib/templates/line-ends.ts'
import { type MergeStart, mergeStart } from './merge-start.ts'

/** Then the two texts are compared without the one that both began with. */
const PATIENCE_MS = 10_000

async function fetchBase(address: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
    return answer.ok ? editorText(await answer.text()) : null
  } catch {
    return null
  }
}

/** What the merge begins with, once: the text that is typed into afterwards does not join again. */
export function useMergeStart({
  baseAddress,
  mine,
  theirs,
}: {
  baseAddress: string
  mine: string
  theirs: string
}): MergeStart | null {
  const [texts] = useState({ mine, theirs })
  const [start, setStart] = useState<MergeStart | null>(null)
  useEffect(() => {
    const aborted = new AbortController()
    void fetchBase(baseAddress, aborted.signal).then((base) => {
      if (!aborted.signal.aborted) setStart(mergeStart({ base, ...texts }))
    })
    return () => aborted.abort()
  }, [baseAddress, texts])
  return start
}
