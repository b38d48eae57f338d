'use client'
import { Button } from '#components/ui/button.tsx'
import { STAGES } from '#lib/shared/codes.ts'
import { STAGE_WORDS } from '#lib/shared/words.ts'
import type { ItemPatch } from '#lib/templates/edits.ts'
import { MiniSelect } from './mini-select.tsx'
import { useReviewActs } from './review-context.ts'

const GRADES = [
  { value: 'claimed', label: 'one person says so' },
  { value: 'witnessed', label: 'a second person saw it' },
  { value: 'observed', label: 'a machine saw it' },
] as const

/** What the controls show; null where several items differ. */
export type Shown = {
  stage: string | null
  role: string | null
  grade: string | null
  required: boolean | null
  note: boolean | null
}

const ANYBODY = 'any member'

/** Stage, role, grade and duty of one item or of several at once. Every choice counts at once and can be taken back. */
export function ItemControls({
  name,
  shown,
  onPatch,
  onMakeText,
  children,
}: {
  /** Of what: put behind each label for who cannot see where it stands. */
  name: string
  shown: Shown
  onPatch: (patch: ItemPatch) => void
  onMakeText: () => void
  children?: React.ReactNode
}) {
  const { roles } = useReviewActs()
  const several = { value: '', label: 'as they are' }
  const roleOptions = [...new Set([...roles, ...(shown.role ? [shown.role] : [])])]
  return (
    <div className="mt-2 grid gap-2.5 rounded-lg border border-line bg-bg p-2.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-soft">
        <span>
          Stage{' '}
          <MiniSelect
            label={`Stage of ${name}`}
            value={shown.stage ?? ''}
            options={[
              ...(shown.stage === null ? [several] : []),
              ...STAGES.map((stage) => ({ value: stage, label: STAGE_WORDS[stage] })),
            ]}
            onChange={(value) => onPatch({ stage: STAGES.find((stage) => stage === value) ?? null })}
          />
        </span>
        <span>
          Ticked by{' '}
          <MiniSelect
            label={`Who ticks ${name}`}
            value={shown.role ?? ANYBODY}
            options={[
              { value: ANYBODY, label: ANYBODY },
              ...roleOptions.map((role) => ({ value: role, label: role })),
            ]}
            onChange={(value) => onPatch({ role: value === ANYBODY ? null : value })}
          />
        </span>
        <span>
          Counts when{' '}
          <MiniSelect
            label={`When ${name} counts`}
            value={shown.grade ?? ''}
            options={[...(shown.grade === null ? [several] : []), ...GRADES]}
            onChange={(value) =>
              onPatch({ grade: GRADES.find((grade) => grade.value === value)?.value ?? null })
            }
          />
        </span>
        <Toggle
          label="Required"
          of={name}
          checked={shown.required}
          onChange={(required) => onPatch({ required })}
        />
        <Toggle
          label="Needs a note"
          of={name}
          checked={shown.note}
          onChange={(note) => onPatch({ note: note ? true : null })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={onMakeText}>
          Make it plain text
        </Button>
        {children}
      </div>
    </div>
  )
}

function Toggle({
  label,
  of,
  checked,
  onChange,
}: {
  label: string
  of: string
  checked: boolean | null
  onChange: (checked: boolean) => void
}) {
  return (
    <label className="inline-flex min-h-7 items-center gap-1.5 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        aria-label={`${label}: ${of}`}
        checked={checked === true}
        ref={(input) => {
          if (input) input.indeterminate = checked === null
        }}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  )
}
