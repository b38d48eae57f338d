import type { ReactNode } from 'react'
import { InlineText } from '#components/runs/item/inline-text.tsx'
import { DiffLine } from '#components/ui/diff-line.tsx'
import { DiffText } from '#components/ui/diff-text.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { counted } from '#lib/shared/words.ts'
import {
  type DiffItem,
  isSameChecklist,
  type PartChange,
  type TemplateDiff,
} from '#lib/templates/diff-items.ts'
import { diffWords } from '#lib/templates/diff-lines.ts'

const SETTINGS: Record<string, string> = {
  stage: 'Stage',
  required: 'Required',
  role: 'Ticked by',
  grade: 'At least',
  shelf: 'Evidence stays fresh for',
  soak: 'After the deployment',
  note: 'Needs a note',
  tags: 'Controls',
  probe: 'Probe',
  'only if': 'Only if',
  detail: 'Detail',
  owner: 'Owner',
  expected: 'Expected',
}

function Group<T>({
  title,
  rows,
  keyOf,
  children,
}: {
  title: string
  rows: readonly T[]
  keyOf: (row: T) => string
  children: (row: T) => ReactNode
}) {
  if (rows.length === 0) return null
  return (
    <SectionCard title={title} note={counted({ count: rows.length, one: 'change' })}>
      <ul className="m-0 grid list-none gap-2.5 p-0">
        {rows.map((row) => (
          <li key={keyOf(row)} className="min-w-0 break-words">
            {children(row)}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

const where = (path: readonly string[]) => path.join(' / ') || 'the top'
const itemKey = ({ key }: DiffItem) => key

function Where({ item }: { item: DiffItem }) {
  return (
    <p className="m-0 text-sm text-soft">
      {where(item.path)}, line {item.line}
    </p>
  )
}

function Named({ item }: { item: DiffItem }) {
  return (
    <>
      <p className="m-0">
        <InlineText text={item.text} />
      </p>
      <Where item={item} />
    </>
  )
}

function Parts({ title, changes }: { title: string; changes: readonly PartChange[] }) {
  return (
    <Group title={title} rows={changes} keyOf={({ name, before }) => `${name} ${before === null}`}>
      {({ name, before, after }) => {
        if (before === null) return <DiffLine label="Added" after={name} />
        if (after === null) return <DiffLine label="Removed" before={name} />
        return (
          <>
            <p className="m-0">{name}</p>
            <pre className="m-0 font-mono text-xs break-words whitespace-pre-wrap">
              <DiffText parts={diffWords({ from: before, to: after })} />
            </pre>
          </>
        )
      }}
    </Group>
  )
}

/** What a run of the later version has that one of the earlier had not, and the other way round. */
export function ItemDiffView({ diff }: { diff: TemplateDiff }) {
  if (isSameChecklist(diff))
    return <p className="m-0 text-soft">Every item is the same. What differs is in the text between them.</p>
  const { items } = diff
  return (
    <div className="grid gap-4.5">
      <Group title="Items added" rows={items.added} keyOf={itemKey}>
        {(item) => <Named item={item} />}
      </Group>
      <Group title="Items removed" rows={items.removed} keyOf={itemKey}>
        {(item) => <Named item={item} />}
      </Group>
      <Group title="Items reworded" rows={items.reworded} keyOf={itemKey}>
        {(item) => (
          <>
            <p className="m-0">
              <DiffText parts={diffWords({ from: item.before, to: item.text })} />
            </p>
            <Where item={item} />
          </>
        )}
      </Group>
      <Group title="Items moved" rows={items.moved} keyOf={itemKey}>
        {(item) => (
          <>
            <p className="m-0">
              <InlineText text={item.text} />
            </p>
            <DiffLine
              label="Place"
              before={`${where(item.from.path)}, line ${item.from.line}`}
              after={`${where(item.path)}, line ${item.line}`}
            />
          </>
        )}
      </Group>
      <Group title="Settings of items" rows={items.settings} keyOf={itemKey}>
        {(item) => (
          <>
            <p className="m-0">
              <InlineText text={item.text} />
            </p>
            {item.changes.map(({ setting, before, after }) => (
              <DiffLine
                key={setting}
                label={SETTINGS[setting] ?? setting}
                before={before ?? 'not set'}
                after={after ?? 'not set'}
              />
            ))}
          </>
        )}
      </Group>
      <Parts title="Sign-off roles" changes={diff.roles} />
      <Parts title="Rollback triggers" changes={diff.triggers} />
      <Parts title="Command steps" changes={diff.steps} />
      <Parts title="Questions at opening" changes={diff.facts} />
    </div>
  )
}
