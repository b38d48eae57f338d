import { printProbe } from '#lib/probes/print.ts'
import type { Stage } from '#lib/shared/codes.ts'
import { annotate } from './annotate.ts'
import { findListFences } from './annotate-form.ts'
import { checkModel, checkText } from './check-source.ts'
import { type DocumentKind, documentKind } from './document-kind.ts'
import type { Drafts } from './drafts.ts'
import type { Edit, ItemPatch } from './edits.ts'
import type { MatchModel } from './matching.ts'
import type {
  TemplateFact,
  TemplateItem,
  TemplateModel,
  TemplateProblem,
  TemplateRole,
  TemplateSection,
  TemplateStep,
  TemplateTrigger,
} from './model.ts'
import { readTemplate } from './parse.ts'
import { type IdentityReview, type Placed, reviewIdentity } from './review-identity.ts'
import { createSource, lineCount, lineText } from './source.ts'
import { suggestProbes } from './suggest.ts'

export type ReviewItem = Omit<TemplateItem, 'place' | 'line' | 'probe'> &
  Placed & {
    probe: string | null
    /** What the text says about it as it was brought. */
    said: (keyof ItemPatch)[]
  }
/** `was`: its stage as the text was brought; null for a section that the edits made. */
export type ReviewSection = TemplateSection & Placed & { was: Stage | null }
export type ReviewSuggestion = { at: number; rule: string; probe: string; reason: string; offered: boolean }
export type ReviewChange = Placed & { before: string; after: string }

const SETTING_NAMES = {
  role: 'role',
  grade: 'grade',
  stage: 'stage',
  required: 'required',
  shelfLifeSeconds: 'shelf',
  needsNote: 'note',
  tags: 'tags',
  id: 'id',
} as const satisfies Record<string, keyof ItemPatch>

/** All that an import's screen shows. */
export type ImportReview = {
  kind: DocumentKind
  title: string
  meta: TemplateModel['meta']
  /** The text with everything written in; null while it is as it was brought. */
  source: string | null
  sections: ReviewSection[]
  items: ReviewItem[]
  steps: TemplateStep[]
  triggers: TemplateTrigger[]
  roles: Omit<TemplateRole, 'place'>[]
  facts: TemplateFact[]
  keptAsText: (Placed & { text: string; isBullet: boolean })[]
  suggestions: ReviewSuggestion[]
  /** Fences that hold a list; the whole checklist may stand in one. */
  fences: { at: number; tasks: number }[]
  changes: ReviewChange[]
  refused: { edit: Edit; message: string }[]
  problems: TemplateProblem[]
  /** Why it cannot be published as it is, or null. */
  blocked: string | null
  identity: IdentityReview | null
}

const BULLET = /^(?:[-*+]|\d{1,9}[.)])\s+\S/

/** Reads a text as publishing would, with the edits of its reader written in. Writes nothing. */
export function reviewImport(input: {
  source: string
  edits: readonly Edit[]
  /** The latest version, where this will be the next. */
  earlier: { number: number; model: MatchModel } | null
}): ImportReview {
  const { source, edits, earlier } = input
  const before = readTemplate(source)
  const { source: text, model, lines, refused } = annotate(source, edits, before)
  const origin = new Map(lines.map((line, index) => [line, index + 1]))
  const placed = (line: number): Placed => ({ line, at: origin.get(line) ?? line })
  const checked = checkText(text) ?? checkModel({ source: text, model })
  const places = new Map(model.items.map(({ key, line }) => [key, placed(line)]))
  const said = saidAt(before.drafts)
  const stages = new Map(
    before.model.sections.map(({ line, stage, path }) => [`${path.length > 0} ${line}`, stage]),
  )
  return {
    kind: documentKind({ source: text, model }),
    title: model.title,
    meta: model.meta,
    source: text === source ? null : text,
    sections: model.sections.map((section) => {
      const place = placed(section.line)
      return { ...section, ...place, was: stages.get(`${section.path.length > 0} ${place.at}`) ?? null }
    }),
    items: model.items.map(({ place, probe, ...item }) => ({
      ...item,
      ...placed(item.line),
      probe: probe === null ? null : printProbe(probe),
      said: said.get(placed(item.line).at) ?? [],
    })),
    steps: model.steps,
    triggers: model.triggers,
    roles: model.roles.map(({ place, ...role }) => role),
    facts: model.facts,
    keptAsText: model.keptAsText.map((kept) => ({
      ...kept,
      ...placed(kept.line),
      isBullet: BULLET.test(kept.text),
    })),
    suggestions: suggestProbes(model).map(({ itemKey, ...rest }) => ({
      at: places.get(itemKey)?.at ?? 0,
      ...rest,
    })),
    fences: findListFences(createSource(source))
      .filter(({ line }) => lines[line - 1] !== null)
      .map(({ line, tasks }) => ({ at: line, tasks })),
    changes: changedLines({ source, text, lines }),
    refused,
    problems: checked.ok ? [] : checked.problems,
    blocked: checked.ok ? null : (checked.refusal.fields?.source ?? checked.refusal.message),
    identity:
      earlier === null
        ? null
        : reviewIdentity({
            earlier,
            later: model,
            placeOf: (key) => places.get(key) ?? { line: 0, at: 0 },
          }),
  }
}

/** By line: the settings that stand in the annotations of its item. */
function saidAt(drafts: Drafts | null): Map<number, (keyof ItemPatch)[]> {
  const said = new Map<number, (keyof ItemPatch)[]>()
  for (const { line, annotations } of drafts?.items ?? []) {
    const names = new Set<keyof ItemPatch>()
    for (const annotation of annotations) {
      if (annotation.kind === 'probe') names.add('probe')
      if (annotation.kind !== 'item') continue
      for (const [setting, name] of Object.entries(SETTING_NAMES))
        if (setting in annotation.settings) names.add(name)
    }
    if (names.size > 0) said.set(line, [...names])
  }
  return said
}

function changedLines(input: {
  source: string
  text: string
  lines: readonly (number | null)[]
}): ReviewChange[] {
  if (input.source === input.text) return []
  const [before, after] = [createSource(input.source), createSource(input.text)]
  const changes: ReviewChange[] = []
  const met = new Set<number>()
  for (let at = 1; at <= lineCount(before); at++) {
    const line = input.lines[at - 1] ?? null
    if (line !== null) met.add(line)
    const was = lineText(before, at)
    const is = line === null ? '' : lineText(after, line)
    if (was !== is) changes.push({ at, line: line ?? 0, before: was, after: is })
  }
  for (let line = 1; line <= lineCount(after); line++) {
    if (!met.has(line)) changes.push({ at: 0, line, before: '', after: lineText(after, line) })
  }
  return changes.sort((one, other) => (one.line || one.at) - (other.line || other.at))
}
