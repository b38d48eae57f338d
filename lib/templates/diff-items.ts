import { printProbe } from '#lib/probes/print.ts'
import { matchItems } from './match-items.ts'
import type { TemplateItem, TemplateModel } from './model.ts'
import { printNotice } from './notice.ts'
import { outOfOrder } from './order.ts'

/** One setting in plain words; null where it is not set. */
export type SettingChange = { setting: string; before: string | null; after: string | null }
type Place = { path: string[]; line: number }
/** An item as its own document has it. */
export type DiffItem = { key: string; text: string } & Place

export type ItemDiff = {
  added: DiffItem[]
  removed: DiffItem[]
  reworded: (DiffItem & { before: string })[]
  /** To another section, or to another place among its neighbours. */
  moved: (DiffItem & { from: Place })[]
  settings: (DiffItem & { changes: SettingChange[] })[]
}
/** Something else that a checklist has, by what it is called. `before` null: added; `after` null: removed. */
export type PartChange = { name: string; before: string | null; after: string | null }

export type TemplateDiff = {
  items: ItemDiff
  roles: PartChange[]
  triggers: PartChange[]
  steps: PartChange[]
  facts: PartChange[]
}

/**
 * What has changed from one version to the other, as a run would see it. Equal keys are one item, because history goes by
 * them; what has no partner then is paired as `matchItems` does, for versions older than that promise.
 */
export function diffTemplates({
  earlier,
  later,
}: {
  earlier: TemplateModel
  later: TemplateModel
}): TemplateDiff {
  const pairs = pairItems({ earlier, later })
  const paired = new Set([...pairs.values()])
  const placeIn = { earlier: placer(earlier), later: placer(later) }
  const rows = later.items.flatMap((item) => {
    const before = pairs.get(item)
    return before ? [{ item, before, row: placeIn.later(item) }] : []
  })
  const numbers = new Map(earlier.items.map((item, index) => [item, index]))
  const stayed = rows.filter(({ item, before }) => item.sectionKey === before.sectionKey)
  const order = outOfOrder(stayed.map(({ before }) => numbers.get(before) ?? 0))
  const inPlace = new Set(stayed.filter((_, index) => !order.has(index)))
  return {
    items: {
      added: later.items.filter((item) => !pairs.has(item)).map(placeIn.later),
      removed: earlier.items.filter((item) => !paired.has(item)).map(placeIn.earlier),
      reworded: rows.flatMap(({ item, before, row }) =>
        item.text === before.text ? [] : [{ ...row, before: before.text }],
      ),
      moved: rows.flatMap((one) => {
        if (inPlace.has(one)) return []
        const { before, row } = one
        const { path, line } = placeIn.earlier(before)
        return [{ ...row, from: { path, line } }]
      }),
      settings: rows.flatMap(({ item, before, row }) => {
        const changes = changesOf(settingsOf(before, earlier), settingsOf(item, later))
        return changes.length === 0 ? [] : [{ ...row, changes }]
      }),
    },
    roles: partChanges(earlier, later, ({ roles }) =>
      roles.map(({ role, scope }) => [role, scope === null ? 'all prepare items' : scope.join(', ')]),
    ),
    triggers: partChanges(earlier, later, ({ triggers }) => triggers.map(({ text }) => [text, text])),
    steps: partChanges(earlier, later, ({ steps, sections }) => {
      const paths = new Map(sections.map(({ key, path }) => [key, path]))
      return steps.map(({ title, commands, sectionKey, stage }) => [
        [...(paths.get(sectionKey) ?? []), title].join(' / '),
        `${stage}\n${commands}`,
      ])
    }),
    facts: partChanges(earlier, later, ({ facts }) => facts.map(({ question }) => [question, question])),
  }
}

/** True when nothing that a run would show differs; prose and line breaks may. */
export function isSameChecklist({ items, roles, triggers, steps, facts }: TemplateDiff): boolean {
  return [...Object.values(items), roles, triggers, steps, facts].every((list) => list.length === 0)
}

function pairItems({
  earlier,
  later,
}: {
  earlier: TemplateModel
  later: TemplateModel
}): Map<TemplateItem, TemplateItem> {
  const keys = new Map(earlier.items.map((item) => [item.key, item]))
  const pairs = new Map<TemplateItem, TemplateItem>()
  for (const item of later.items) {
    const before = keys.get(item.key)
    if (before) pairs.set(item, before)
  }
  const used = new Set(pairs.values())
  const restEarlier = { ...earlier, items: earlier.items.filter((item) => !used.has(item)) }
  const restLater = { ...later, items: later.items.filter((item) => !pairs.has(item)) }
  const rest = new Map(restLater.items.map((item) => [item.key, item]))
  for (const { laterKey, earlierKey } of matchItems({ earlier: restEarlier, later: restLater }).items) {
    const [item, before] = [rest.get(laterKey), earlierKey === null ? undefined : keys.get(earlierKey)]
    if (item && before) pairs.set(item, before)
  }
  return pairs
}

function placer(model: TemplateModel): (item: TemplateItem) => DiffItem {
  const paths = new Map(model.sections.map(({ key, path }) => [key, path]))
  return ({ key, text, sectionKey, line }) => ({ key, text, path: paths.get(sectionKey) ?? [], line })
}

/** Every setting in the words of the annotations, in one order. */
function settingsOf(item: TemplateItem, model: TemplateModel): Map<string, string | null> {
  const question = model.facts.find(({ key }) => key === item.factKey)?.question ?? null
  return new Map<string, string | null>([
    ['stage', item.stage],
    ['required', item.required ? 'yes' : 'no'],
    ['role', item.ownerRole],
    ['grade', item.minGrade],
    ['shelf', item.shelfLifeSeconds === null ? null : `${item.shelfLifeSeconds}s`],
    ['soak', item.dueOffsetSeconds == null ? null : `${item.dueOffsetSeconds}s`],
    ['note', item.needsNote ? 'yes' : 'no'],
    ['tags', item.tags.length === 0 ? null : item.tags.join(', ')],
    ['probe', item.probe === null ? null : printProbe(item.probe)],
    ['notice', item.notice ? printNotice(item.notice) : null],
    ['only if', question],
    ['detail', item.detail],
    ['owner', item.owner ?? null],
    ['expected', item.expected ?? null],
  ])
}

function changesOf(before: Map<string, string | null>, after: Map<string, string | null>): SettingChange[] {
  return [...after].flatMap(([setting, value]) => {
    const was = before.get(setting) ?? null
    return was === value ? [] : [{ setting, before: was, after: value }]
  })
}

/** Parts by name; where a name stands twice the first is compared with the first. */
function partChanges(
  earlier: TemplateModel,
  later: TemplateModel,
  list: (model: TemplateModel) => string[][],
): PartChange[] {
  const [before, after] = [numbered(list(earlier)), numbered(list(later))]
  const gone = [...before].filter(([id]) => !after.has(id))
  return [
    ...[...after].flatMap(([id, { name, value }]) => {
      const was = before.get(id)?.value ?? null
      return was === value ? [] : [{ name, before: was, after: value }]
    }),
    ...gone.map(([, { name, value }]) => ({ name, before: value, after: null })),
  ]
}

function numbered(parts: string[][]): Map<string, { name: string; value: string }> {
  const seen = new Map<string, number>()
  const named = new Map<string, { name: string; value: string }>()
  for (const [name = '', value = ''] of parts) {
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    named.set(`${name}\u0000${number}`, { name, value })
  }
  return named
}
