'use client'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Vocabulary } from '#lib/templates/complete-annotation.ts'
import type { TemplateProblem } from '#lib/templates/model.ts'
import { pageNonce } from './page-nonce.ts'
import { type EditorHandle, startEditor } from './start-editor.ts'

export type CodeEditorProps = {
  text: string
  problems: readonly TemplateProblem[]
  vocabulary: Vocabulary
  tabIndents: boolean
  describedBy: string
  onChange: (text: string) => void
  onSave: () => void
  onToggleTab: () => void
  handle: Ref<Pick<EditorHandle, 'goTo' | 'line'>>
}

/** CodeMirror in React's hands: it keeps the text, React is told of it. */
export default function CodeEditor(props: CodeEditorProps) {
  const { text, problems, tabIndents, describedBy, handle } = props
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorHandle | null>(null)
  const said = useRef(text)
  const held = useRef(props)
  held.current = props

  useEffect(() => {
    const parent = box.current
    if (!parent) return
    const started = startEditor({
      parent,
      text: held.current.text,
      label: 'Markdown of the checklist',
      describedBy,
      nonce: pageNonce(),
      words: () => held.current.vocabulary,
      onChange: (next) => {
        said.current = next
        held.current.onChange(next)
      },
      onSave: () => held.current.onSave(),
      onToggleTab: () => held.current.onToggleTab(),
    })
    said.current = held.current.text
    editor.current = started
    started.setTabIndents(held.current.tabIndents)
    return () => {
      editor.current = null
      started.close()
    }
  }, [describedBy])

  useEffect(() => {
    if (text === said.current) return
    said.current = text
    editor.current?.replace(text)
  }, [text])
  useEffect(() => editor.current?.showProblems(problems), [problems])
  useEffect(() => editor.current?.setTabIndents(tabIndents), [tabIndents])
  useImperativeHandle(
    handle,
    () => ({ goTo: (place) => editor.current?.goTo(place), line: () => editor.current?.line() ?? 1 }),
    [],
  )

  return <div ref={box} className="h-full min-h-0 overflow-hidden" />
}
