'use client'
import { getChunks, goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { pageNonce } from './page-nonce.ts'
import { markdownBase } from './start-editor.ts'

const WORDS = { accept: 'Keep mine', reject: 'Take theirs' } as const

/** A button that a keyboard reaches; the merge view's own listens to the mouse alone. */
function chunkButton(type: keyof typeof WORDS, act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = WORDS[type]
  button.className = 'cm-button'
  button.addEventListener('click', act)
  return button
}

/** Their version as the original, mine as the text: each difference is theirs or mine. */
export default function MergeEditor({
  mine,
  theirs,
  onChange,
  onLeft,
}: {
  /** Taken once, when the view opens. */
  mine: string
  theirs: string
  onChange: (text: string) => void
  /** How many differences have not been decided yet. */
  onLeft: (count: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const held = useRef({ mine, onChange, onLeft })
  held.current = { mine, onChange, onLeft }

  useEffect(() => {
    const parent = box.current
    if (!parent) return
    const count = (state: EditorState) => held.current.onLeft(getChunks(state)?.chunks.length ?? 0)
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: held.current.mine,
        extensions: [
          keymap.of([
            { key: 'Alt-ArrowDown', run: goToNextChunk },
            { key: 'Alt-ArrowUp', run: goToPreviousChunk },
          ]),
          markdownBase({ label: 'Your text, with what differs from theirs', nonce: pageNonce() }),
          unifiedMergeView({
            original: theirs,
            mergeControls: chunkButton,
            collapseUnchanged: { margin: 3, minSize: 8 },
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) held.current.onChange(state.doc.toString())
            count(state)
          }),
        ],
      }),
    })
    count(view.state)
    return () => view.destroy()
  }, [theirs])

  return <div ref={box} className="h-full min-h-0 overflow-hidden" />
}
