'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'
import type { DocumentKind } from '#lib/templates/document-kind.ts'
import type { ImportReview } from '#lib/templates/review-import.ts'
import { useReviewActs } from './review-context.ts'

const WORDS: Record<Exclude<DocumentKind, 'checklist'>, { title: string; text: string }> = {
  empty: {
    title: 'There is nothing in it',
    text: 'The file is empty, or holds blanks alone. Paste the checklist itself.',
  },
  binary: {
    title: 'This is not a text file',
    text: 'It holds bytes that no text has; it may be a picture, an archive or a document of an office program. Save the checklist as plain text or Markdown and bring that.',
  },
  html: {
    title: 'This is a web page, not Markdown',
    text: 'On a forge, open the file and choose “Raw”: that gives the text. From other pages, copy the list and paste it.',
  },
  code: {
    title: 'This looks like a program or its settings',
    text: 'A checklist is a text with lines to tick off. If there is one in your repository, it is often called DEPLOYMENT_CHECKLIST.md or stands under docs/.',
  },
  prose: {
    title: 'This reads well, but nothing in it can be ticked off',
    text: 'It may be a README or a guide. What people have to do before a deployment needs a box in front, one line for each.',
  },
}

const EXAMPLE = '## Pre-Deployment\n\n- [ ] All tests pass\n- [ ] Database backup completed\n'

/** Why nothing could be made of a text, and what to do now. */
export function NotAChecklist({
  team,
  review,
  gallery,
  onBack,
}: {
  team: string
  review: ImportReview
  gallery: readonly { slug: string; name: string }[]
  onBack: () => void
}) {
  const { put } = useReviewActs()
  const kind = review.kind === 'checklist' ? 'prose' : review.kind
  const { title, text } = WORDS[kind]
  const bullets =
    kind === 'prose' || kind === 'code' ? review.keptAsText.filter(({ isBullet }) => isBullet) : []
  return (
    <div className="grid gap-4.5">
      <Notice live tone="warn" title={title} action={<Button onClick={onBack}>Back to the text</Button>}>
        {text}
      </Notice>
      {bullets.length > 0 ? (
        <BulletPicker
          bullets={bullets}
          onTake={(lines) => put(lines.map((line) => ({ kind: 'make-item', line })))}
        />
      ) : null}
      <SectionCard title="What an item looks like">
        <pre className="m-0 overflow-x-auto rounded-lg bg-hair px-3 py-2 font-mono text-xs/5">{EXAMPLE}</pre>
        <p className="m-0 mt-2 text-soft">
          A dash, brackets with a blank between them, and what is to be done. Headings part the list into
          stages. Boxes such as ☐ at the start of a line or in a column of a table are read too.
        </p>
      </SectionCard>
      {gallery.length > 0 ? (
        <SectionCard title="Or start from a checklist that is ready">
          <div className="flex flex-wrap gap-2">
            {gallery.map(({ slug, name }) => (
              <LinkButton key={slug} href={paths.templateImport(team, { start: slug })}>
                {name}
              </LinkButton>
            ))}
          </div>
        </SectionCard>
      ) : null}
    </div>
  )
}

function BulletPicker({
  bullets,
  onTake,
}: {
  bullets: ImportReview['keptAsText']
  onTake: (lines: number[]) => void
}) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const taken = bullets.filter(({ at }) => !left.has(at))
  return (
    <SectionCard
      title={`It holds ${counted({ count: bullets.length, one: 'bullet' })}`}
      note="each can become an item; a box is put in front, and nothing else changes"
      actions={
        <Button
          variant="primary"
          disabled={taken.length === 0}
          onClick={() => onTake(taken.map(({ at }) => at))}
        >
          Make {counted({ count: taken.length, one: 'item' })}
        </Button>
      }
    >
      <ul className="m-0 grid max-h-96 list-none gap-1 overflow-y-auto p-0">
        {bullets.map(({ at, line, text }) => (
          <li key={at}>
            <label className="grid grid-cols-[auto_4ch_minmax(0,1fr)] gap-x-2.5">
              <input
                type="checkbox"
                checked={!left.has(at)}
                onChange={(event) => {
                  const next = new Set(left)
                  if (event.target.checked) next.delete(at)
                  else next.add(at)
                  setLeft(next)
                }}
                className="mt-0.75 size-4 accent-accent"
              />
              <span className="text-right font-mono text-xs/6 text-faint">{line}</span>
              <span className="min-w-0 break-words">
                <span className="font-mono text-sm text-soft">- [ ] </span>
                {text.replace(/^(?:[-*+]|\d{1,9}[.)])\s+/, '')}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
