'use client'
import { announce } from '#components/ui/announce.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { useCommand } from '#components/use-command.ts'
import { answerFactAction } from '#lib/runs/actions.ts'
import type { FactView } from '#lib/runs/board.ts'
import { itemsThatFollow } from '#lib/runs/fact-follow.ts'
import { InlineText } from '../item/inline-text.tsx'
import { useBoard } from '../use-board.ts'
import { useDesk } from './desk.ts'

const ANSWERS = { yes: true, no: false, open: null } as const
type Word = keyof typeof ANSWERS

const wordOf = (answer: boolean | null): Word => (answer === null ? 'open' : answer ? 'yes' : 'no')

/** One question, its answer, and the lines that follow it. */
export function FactQuestion({ fact }: { fact: FactView }) {
  const desk = useDesk()
  const items = useBoard((board) => board.items)
  const may = useBoard((board) => board.can.answerFact)
  const why = useBoard((board) => board.why.answerFact)
  const { send, pending, refusal } = useCommand(answerFactAction, fact.question)
  const lines = items.filter(({ key }) => fact.itemKeys.includes(key))

  async function answered(word: Word) {
    const answer = ANSWERS[word]
    const keys = itemsThatFollow({ fact, answer, items }).map(({ key }) => key)
    const result = await send({ ...desk.address, fact: fact.key, answer, keys })
    if (result?.ok) announce(`${fact.question} ${word}`)
  }

  return (
    <li className="grid gap-2 border-b border-hair pb-4 last:border-0" aria-busy={pending || undefined}>
      <p className="m-0 font-strong">{fact.question}</p>
      {may ? (
        <div>
          <Segment
            label={fact.question}
            name={`fact-${fact.key}`}
            value={wordOf(fact.answer)}
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
              { value: 'open', label: 'Not answered' },
            ]}
            onChange={(word) => void answered(word)}
          />
        </div>
      ) : (
        <p className="m-0 text-sm text-soft">
          {fact.answer === null ? 'Not answered' : fact.answer ? 'Yes' : 'No'}
          {why ? ` · ${why}` : ''}
        </p>
      )}
      {refusal ? (
        <Notice tone="error" live>
          {refusal.message}
        </Notice>
      ) : null}
      <ul className="m-0 grid gap-0.5 pl-5 text-sm text-soft">
        {lines.map((item) => (
          <li key={item.key}>
            <InlineText text={item.text} />
          </li>
        ))}
      </ul>
    </li>
  )
}
