import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Drafts, ItemDraft } from './drafts.ts'
import { createKeyring, deriveKey } from './identity.ts'
import { NO_FACTS, readItemFacts } from './item-facts.ts'
import type { TemplateItem, TemplateProblem, TemplateSection } from './model.ts'
import type { ItemSettings } from './settings.ts'
import { positionAt } from './source.ts'

/** Items in document order with their annotations applied and their keys unique. */
export function settleItems(
  drafts: Drafts,
  sections: TemplateSection[],
): { items: TemplateItem[]; problems: TemplateProblem[] } {
  const problems: TemplateProblem[] = []
  const keys = createKeyring()
  const complain = (offset: number, message: string, fix: string) =>
    problems.push({ ...positionAt(drafts.source, offset), message, fix })
  const facts = readItemFacts(drafts)
  const merged = drafts.items.map((draft) => ({ draft, settings: mergeSettings(draft) }))
  const given = new Map<ItemDraft, string>()
  // Ids that were written down are given out first: a derived key must never take one away.
  for (const { draft, settings } of merged) {
    if (settings.id === undefined) continue
    if (keys.has(settings.id))
      complain(draft.start, `the id "${settings.id}" is taken by an item above`, 'choose another id')
    given.set(draft, keys.take(settings.id))
  }
  const items = merged.flatMap(({ draft, settings }) => {
    const section = sections[draft.section]
    if (section === undefined) return []
    const probes = draft.annotations.filter((annotation) => annotation.kind === 'probe')
    const second = probes[1]
    if (second !== undefined)
      complain(second.start, 'an item has one probe; this is a second one', 'remove one of them')
    const unseen = settings.grade === 'observed' ? whyNeverObserved(probes[0]?.config) : null
    if (unseen !== null) complain(gradeAt(draft), unseen.message, unseen.fix)
    const notices = draft.annotations.filter((annotation) => annotation.kind === 'notice')
    const other = notices[1]
    if (other !== undefined)
      complain(
        other.start,
        'an item has one notice; this is a second one',
        'name all receivers in one notice, between commas',
      )
    const derived = deriveKey({ within: section.key, text: draft.text })
    return [
      {
        key: given.get(draft) ?? keys.take(derived),
        ...(settings.id === undefined ? {} : { id: settings.id }),
        ordinal: draft.ordinal,
        sectionKey: section.key,
        form: draft.form,
        text: draft.text,
        line: draft.line,
        checkedInSource: draft.checked,
        depth: draft.depth,
        detail: draft.detail,
        stage: settings.stage ?? (settings.dueOffsetSeconds === undefined ? section.stage : 'verify'),
        required: settings.required ?? true,
        ownerRole: settings.role ?? null,
        minGrade: settings.grade ?? 'claimed',
        shelfLifeSeconds: settings.shelfLifeSeconds ?? null,
        probe: probes[0]?.config ?? null,
        ...(notices[0] === undefined ? {} : { notice: notices[0].notice }),
        factKey: null,
        needsNote: settings.needsNote ?? false,
        tags: settings.tags ?? [],
        dueOffsetSeconds: settings.dueOffsetSeconds ?? null,
        ...(facts.get(draft) ?? NO_FACTS),
        place: draft.place,
      },
    ]
  })
  return { items, problems }
}

/** Only a probe that counts in every run can give the grade; anything else would let an item in that nobody can ever do. */
function whyNeverObserved(probe: ProbeConfig | undefined): { message: string; fix: string } | null {
  const never = (why: string, fix: string) => ({
    message: `grade=observed needs a probe that counts, and ${why}: the item could never be done`,
    fix,
  })
  if (probe === undefined)
    return never('there is none here', 'write a probe beside it, or take grade=observed away')
  if (probe.shadow === true)
    return never(
      'the one here is in shadow',
      'remove "shadow" from the probe, or grade=observed until the probe counts',
    )
  if (probe.ifSet !== undefined)
    return never(
      'a run may go without the one here',
      'remove "if-set" from the probe, or take grade=observed away',
    )
  return null
}

/** Where the comment begins that has the last word on the grade. */
function gradeAt(draft: ItemDraft): number {
  const said = draft.annotations.findLast((one) => one.kind === 'item' && one.settings.grade !== undefined)
  return said?.start ?? draft.start
}

/** Several `item:` comments at one item say more together; where they disagree the later one counts. */
function mergeSettings(draft: ItemDraft): ItemSettings {
  const merged: ItemSettings = {}
  for (const annotation of draft.annotations) {
    if (annotation.kind === 'item') Object.assign(merged, annotation.settings)
  }
  return merged
}
