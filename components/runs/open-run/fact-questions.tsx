import { RadioGroup } from '#components/ui/radio-group.tsx'
import type { FactAnswer, OpenFact } from '#lib/runs/open-form.ts'
import { plainInline } from '#lib/templates/inline.ts'

/** What the checklist asks about this release; each answer says at once what it does. */
export function FactQuestions({
  facts,
  answers,
  onAnswer,
}: {
  facts: readonly OpenFact[]
  answers: Readonly<Record<string, FactAnswer>>
  onAnswer: (key: string, answer: FactAnswer) => void
}) {
  return (
    <div className="grid gap-4.5 md:grid-cols-2">
      {facts.map(({ key, question, items }) => (
        <RadioGroup
          key={key}
          name={`fact-${key}`}
          legend={question}
          hint={`If no, n/a: ${items.map(({ text }) => plainInline(text)).join('; ')}`}
          className="content-start"
          inRow
          value={answers[key] ?? 'later'}
          onChange={(value) => onAnswer(key, value as FactAnswer)}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            { value: 'later', label: 'Later' },
          ]}
        />
      ))}
    </div>
  )
}
