import { parseProbe } from '#lib/probes/annotation.ts'
import type { Edit, FormEdit, ItemPatch } from './edits.ts'
import type { LineMap } from './line-map.ts'
import type { TemplateItem, TemplateModel, TemplateSection } from './model.ts'
import { parseItemSettings } from './settings.ts'

const AMISS = 'Written there, it would change more than this'

/** What setting and clearing may not touch, places left out. */
function restOf(model: TemplateModel): unknown {
  return [
    model.title,
    model.steps.map(({ title, commands, block }) => [title, commands, block]),
    model.triggers.map(({ text }) => text),
    model.roles.map(({ role, scope, place }) => [role, scope, place?.kind]),
    model.facts.map(({ key, question }) => [key, question]),
    model.meta,
  ]
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function fieldsOf(item: TemplateItem, withKey: boolean): unknown {
  const { place, line, ordinal, key, id, ...rest } = item
  return withKey ? { key, id, ...rest } : rest
}

/** Why the model after some settings is not the one that was wanted, or null. Lines of `edits` are those of `before`. */
export function whyNotSet(input: {
  before: TemplateModel
  after: TemplateModel
  edits: readonly Exclude<Edit, FormEdit>[]
}): string | null {
  const { before, after, edits } = input
  if (after.problems.length > before.problems.length)
    return `It would be read as a mistake: ${after.problems.find(({ message }) => !before.problems.some((known) => known.message === message))?.message ?? 'a problem'}.`
  const keepsKeys = !edits.some((edit) => edit.kind === 'item' && edit.set.id !== undefined)
  if (!same(restOf(before), restOf(after)) || before.items.length !== after.items.length) return `${AMISS}.`
  if (
    !same(
      before.keptAsText.map(({ text }) => text),
      after.keptAsText.map(({ text }) => text),
    )
  )
    return `${AMISS}.`
  const moved = movedSections({ before, after, edits })
  if (moved === null) return 'The stage would not be read as this section’s.'
  const patches = new Map(edits.flatMap((edit) => (edit.kind === 'item' ? [[edit.line, edit.set]] : [])))
  for (const [index, item] of before.items.entries()) {
    const now = after.items[index]
    if (now === undefined) return `${AMISS}.`
    const wanted = patched({ item, patch: patches.get(item.line), now, moved, after })
    if (!same(fieldsOf(wanted, keepsKeys), fieldsOf(now, keepsKeys))) return `${AMISS}.`
    const id = patches.get(item.line)?.id
    if (typeof id === 'string' && now.key !== id) return `The id “${id}” is taken by another item.`
  }
  return null
}

/** Keys of the sections whose stage may differ, or null where a section is not what was asked for. */
function movedSections(input: {
  before: TemplateModel
  after: TemplateModel
  edits: readonly Edit[]
}): Set<string> | null {
  const { before, after, edits } = input
  const lines = new Map(edits.flatMap((edit) => (edit.kind === 'stage' ? [[edit.line, edit.stage]] : [])))
  const moved = new Set<string>()
  const movedPaths: string[][] = []
  if (before.sections.length !== after.sections.length) return null
  for (const [index, section] of before.sections.entries()) {
    const now = after.sections[index]
    if (now?.key !== section.key || now.title !== section.title || !same(now.path, section.path)) return null
    const stage = isTarget(section, before) ? lines.get(section.line) : undefined
    if (stage !== undefined) movedPaths.push(section.path)
    const isInside = movedPaths.some((path) => path.every((title, at) => section.path[at] === title))
    if (isInside) moved.add(section.key)
    else if (now.stage !== section.stage || now.stageFrom !== section.stageFrom) return null
    if (typeof stage === 'string' && now.stage !== stage) return null
  }
  return moved
}

/** Before the first heading stands a section without line of its own; a heading on the first line goes first. */
function isTarget(section: TemplateSection, { sections }: TemplateModel): boolean {
  return (
    section.path.length > 0 || !sections.some((other) => other !== section && other.line === section.line)
  )
}

function patched(input: {
  item: TemplateItem
  patch: ItemPatch | undefined
  now: TemplateItem
  moved: Set<string>
  after: TemplateModel
}): TemplateItem {
  const { item, patch, now, moved, after } = input
  const wanted = { ...item }
  const ofSection = () => after.sections.find(({ key }) => key === item.sectionKey)?.stage ?? item.stage
  if (moved.has(item.sectionKey) && patch?.stage === undefined) wanted.stage = now.stage
  if (patch === undefined) return wanted
  if (patch.role !== undefined) wanted.ownerRole = patch.role?.trim() ?? null
  if (patch.grade !== undefined) wanted.minGrade = patch.grade ?? 'claimed'
  if (patch.stage !== undefined) wanted.stage = patch.stage ?? ofSection()
  if (patch.required !== undefined) wanted.required = patch.required ?? true
  if (patch.note !== undefined) wanted.needsNote = patch.note ?? false
  if (patch.tags !== undefined) wanted.tags = [...new Set(patch.tags?.map((tag) => tag.trim()) ?? [])]
  if (patch.shelf !== undefined) wanted.shelfLifeSeconds = secondsOf(patch.shelf)
  if (patch.probe !== undefined) {
    const parsed = patch.probe === null ? null : parseProbe(patch.probe)
    wanted.probe = parsed?.ok ? parsed.config : null
  }
  return wanted
}

function secondsOf(shelf: string | null): number | null {
  const parsed = shelf === null ? null : parseItemSettings(`shelf=${shelf}`)
  return parsed?.ok ? (parsed.value.shelfLifeSeconds ?? null) : null
}

/** Why lines did not become items or text as was wanted, or null. `map` leads from the lines of `before` to `after`'s. */
export function whyNotFormed(input: {
  before: TemplateModel
  after: TemplateModel
  edits: readonly FormEdit[]
  map: LineMap
}): string | null {
  const { before, after, edits, map } = input
  const [first] = edits
  if (after.problems.length > before.problems.length) return `${AMISS}: ${after.problems.at(-1)?.message}.`
  if (first?.kind === 'unwrap') return whyNotUnwrapped(input)
  const made = linesOf(edits, 'make-item').map((line) => map[line - 1] ?? 0)
  const gone = linesOf(edits, 'make-text')
  const news = after.items.filter(({ line }) => made.includes(line))
  if (news.length !== made.length) return 'It would not be read as an item here.'
  const kept = before.items.filter(({ line }) => !gone.includes(line))
  const now = after.items.filter(({ line }) => !made.includes(line))
  if (kept.length !== before.items.length - gone.length || now.length !== kept.length)
    return 'Other lines would become items, or cease to be.'
  const touched = new Set([...familiesOf(before, gone), ...familiesOf(after, made, map)])
  for (const [index, item] of kept.entries()) {
    const other = now[index]
    if (other === undefined || map[item.line - 1] !== other.line) return `${AMISS}.`
    const isTouched = touched.has(item.line)
    if (
      !same(
        isTouched ? coreOf(item) : fieldsOf(item, false),
        isTouched ? coreOf(other) : fieldsOf(other, false),
      )
    )
      return `${AMISS}: “${item.text.slice(0, 60)}” would be read otherwise.`
  }
  return whyRestMoved(input, { made, news })
}

function whyRestMoved(
  { before, after, edits, map }: Parameters<typeof whyNotFormed>[0],
  { made, news }: { made: number[]; news: TemplateItem[] },
): string | null {
  if (
    !same(
      before.roles.map(({ role }) => role),
      after.roles.map(({ role }) => role),
    )
  )
    return 'A signature would be read otherwise.'
  if (
    !same(
      before.steps.map(({ commands }) => commands),
      after.steps.map(({ commands }) => commands),
    )
  )
    return 'Commands would be read otherwise.'
  if (!same([before.title, before.meta], [after.title, after.meta])) return `${AMISS}.`
  const stillText = new Set(after.keptAsText.map(({ line }) => line))
  const asked = new Set(edits.map(({ line }) => line))
  const swallowed = before.keptAsText.filter(
    ({ line }) => !asked.has(line) && !stillText.has(map[line - 1] ?? 0),
  )
  const mayHaveDetail = news.some(({ detail }) => detail !== null)
  if (made.length === 0 || (swallowed.length > 0 && !mayHaveDetail))
    return swallowed.length === 0 ? null : 'The lines around it would be taken in.'
  return null
}

function whyNotUnwrapped({ before, after, edits, map }: Parameters<typeof whyNotFormed>[0]): string | null {
  const now = new Set(after.items.map(({ line, text }) => `${line} ${text}`))
  const isKept = before.items.every(({ line, text }) => now.has(`${map[line - 1] ?? 0} ${text}`))
  return isKept && after.items.length > before.items.length && edits.length > 0
    ? null
    : 'Without its fence the list would not be read.'
}

function linesOf(edits: readonly FormEdit[], kind: FormEdit['kind']): number[] {
  return edits.filter((edit) => edit.kind === kind).map(({ line }) => line)
}

/** What stays the same of an item when one above or below it changes its form. */
function coreOf(item: TemplateItem): unknown {
  return {
    form: item.form,
    text: item.text,
    checkedInSource: item.checkedInSource,
    required: item.required,
    ownerRole: item.ownerRole,
    minGrade: item.minGrade,
    shelfLifeSeconds: item.shelfLifeSeconds,
    probe: item.probe,
    needsNote: item.needsNote,
    tags: item.tags,
  }
}

/** Lines, in `before`, of the items that stand in one tree of items with one of `lines`. */
function familiesOf(model: TemplateModel, lines: readonly number[], map?: LineMap): number[] {
  const back = map === undefined ? null : new Map(map.map((line, index) => [line, index + 1]))
  const asked = new Set(lines)
  const result: number[] = []
  let family: number[] = []
  const close = () => {
    if (family.some((line) => asked.has(line))) result.push(...family)
    family = []
  }
  for (const { depth, line } of model.items) {
    if (depth === 0) close()
    family.push(line)
  }
  close()
  return back === null ? result : result.flatMap((line) => back.get(line) ?? [])
}
