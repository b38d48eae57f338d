'use client'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { cx } from '#components/ui/cx.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { paths } from '#lib/shared/paths.ts'
import { editorText } from '#lib/templates/line-ends.ts'
import type { MatchModel } from '#lib/templates/matching.ts'
import type { TryPlace } from '#lib/templates/tried.ts'
import { BoardPreview } from './board-preview.tsx'
import { EditorBar } from './editor-bar.tsx'
import { EditorProblems } from './editor-problems.tsx'
import { MergeView } from './merge-view.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import type { EditorHandle } from './start-editor.ts'
import { readTemplateDraft, type TemplateDraft } from './template-draft.ts'
import { useParsed } from './use-parsed.ts'
import { usePublish } from './use-publish.ts'

const Workbench = dynamic(() => import('../workbench/workbench.tsx'), { ssr: false })

const CodeEditor = dynamic(() => import('./code-editor.tsx'), {
  ssr: false,
  loading: () => <p className="m-0 p-4 text-soft">Opening the editor…</p>,
})

/** The latest version as the page read it. */
export type LatestVersion = MatchModel & {
  number: number
  source: string
  by: string
  at: number
  note: string
}

type Props = {
  team: string
  template: string
  latest: LatestVersion
  words: { roles: string[]; variables: string[] }
  places: TryPlace[]
}

/** The text, what it means, and the way to a new version. */
export function EditScreen({ team, template, latest, words, places }: Props) {
  const router = useRouter()
  const barId = useId()
  const published = useMemo(() => editorText(latest.source), [latest.source])
  const initial: TemplateDraft = { text: published, basedOn: latest.number, note: '' }
  const draft = useDraft(`template-edit:${team}:${template}`, initial, readTemplateDraft)
  // What nobody has touched follows the latest version.
  const isPristine = draft.state === 'untouched' && !draft.restored
  const value = isPristine ? initial : draft.value
  const isOvertaken = value.basedOn !== latest.number
  const isEdited = isOvertaken || value.text !== published
  const parsed = useParsed(value.text)
  const publish = usePublish({ team, template, latest, draft, value, match: parsed.match })
  const editor = useRef<Pick<EditorHandle, 'goTo' | 'line'>>(null)
  const [shown, setShown] = useState<'text' | 'board'>('text')
  const [tabIndents, setTabIndents] = useState(false)
  const [isDiscarding, setDiscarding] = useState(false)
  /** The line that the caret was on when the workbench was opened; null while it is closed. */
  const [tryAt, setTryAt] = useState<number | null>(null)
  const problems = parsed.answer?.problems ?? []
  const change = (more: Partial<TemplateDraft>) => draft.set({ ...value, ...more })

  const isUnkept = draft.state === 'saving' || draft.state === 'failed' || draft.state === 'too_large'
  useEffect(() => {
    if (!isUnkept) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUnkept])

  if (publish.published !== null)
    return <Notice tone="go" live title={`Version ${publish.published} is published`} />

  function open() {
    const first = problems[0]
    if (first && !parsed.behind) {
      setShown('text')
      editor.current?.goTo(first)
    } else void publish.open()
  }

  const discard = isDiscarding ? (
    <ConfirmDialog
      title="Discard your changes?"
      confirmLabel="Discard"
      danger
      onClose={() => setDiscarding(false)}
      onConfirm={() => {
        setDiscarding(false)
        draft.clear()
        router.refresh()
      }}
    >
      The text goes back to version {latest.number}. What you changed since version {value.basedOn} is gone.
    </ConfirmDialog>
  ) : null

  if (isOvertaken)
    return (
      <>
        <MergeView
          key={latest.number}
          baseAddress={paths.templateMarkdown({ team, template, number: value.basedOn })}
          latest={{ ...latest, text: published }}
          basedOn={value.basedOn}
          text={value.text}
          onChange={(text) => change({ text })}
          onMerged={(text) => change({ text, basedOn: latest.number })}
          onDrop={() => setDiscarding(true)}
        />
        {discard}
      </>
    )

  const items = parsed.answer?.model.items ?? []
  const vocabulary = { ...words, sections: (parsed.answer?.model.sections ?? []).map(({ title }) => title) }
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="m-0 mr-auto min-w-0 text-soft">
          {isEdited ? `Unpublished changes since version ${latest.number}` : `As version ${latest.number}`}
        </p>
        <div className="lg:hidden">
          <Segment
            label="What is shown"
            name="shown"
            value={shown}
            options={[
              { value: 'text', label: 'Text' },
              { value: 'board', label: 'Board' },
            ]}
            onChange={setShown}
          />
        </div>
        <Button onClick={() => setTryAt(editor.current?.line() ?? 1)} disabled={items.length === 0}>
          Try a probe…
        </Button>
        {isEdited ? <Button onClick={() => setDiscarding(true)}>Discard…</Button> : null}
        <Button variant="primary" onClick={open} pending={publish.isOpening} disabled={!isEdited}>
          Publish…
        </Button>
      </div>
      {parsed.failed ? (
        <Notice tone="warn" live>
          The board cannot be drawn in this browser. Your text is kept, and publishing checks it.
        </Notice>
      ) : null}
      <div className="grid items-start gap-4.5 lg:grid-cols-2">
        <div
          className={cx('grid min-w-0 gap-2.5', shown === 'board' && 'max-lg:hidden', 'lg:sticky lg:top-16')}
        >
          <div className="h-[58dvh] min-h-72 overflow-hidden rounded-xl border border-line bg-paper has-[.cm-focused]:outline-2 has-[.cm-focused]:outline-accent">
            <CodeEditor
              text={value.text}
              problems={problems}
              vocabulary={vocabulary}
              tabIndents={tabIndents}
              describedBy={barId}
              onChange={(text) => change({ text })}
              onSave={open}
              onToggleTab={() => setTabIndents((now) => !now)}
              handle={editor}
            />
          </div>
          <EditorBar
            id={barId}
            items={parsed.answer?.model.items.length ?? null}
            state={draft.state}
            tabIndents={tabIndents}
            onToggleTab={() => setTabIndents((now) => !now)}
          />
          <EditorProblems
            problems={parsed.answer?.problems ?? null}
            onGo={(problem) => editor.current?.goTo(problem)}
          />
        </div>
        <section aria-label="Board" className={cx('min-w-0', shown === 'text' && 'max-lg:hidden')}>
          <BoardPreview model={parsed.answer?.model ?? null} behind={parsed.behind} />
        </section>
      </div>
      {publish.plan ? (
        <PublishDialog
          number={latest.number + 1}
          plan={publish.plan}
          note={value.note}
          pending={publish.pending}
          refusal={publish.refusal}
          onNote={(note) => change({ note })}
          onPublish={publish.send}
          onClose={publish.close}
        />
      ) : null}
      {tryAt === null ? null : (
        <Workbench
          team={team}
          places={places}
          items={items}
          firstKey={items.findLast(({ line }) => line <= tryAt)?.key ?? null}
          text={value.text}
          onWrite={(text) => change({ text })}
          onClose={() => setTryAt(null)}
        />
      )}
      {discard}
    </div>
  )
}
