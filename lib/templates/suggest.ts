import { parseProbe } from '#lib/probes/annotation.ts'
import type { TemplateItem, TemplateModel } from './model.ts'
import { ACCESS_RULES } from './suggest-access.ts'
import { CHANGE_RULES } from './suggest-change.ts'
import { CLUSTER_RULES } from './suggest-cluster.ts'
import { DELIVERY_RULES } from './suggest-delivery.ts'
import { HEADER_RULES } from './suggest-headers.ts'
import { healthPathOf } from './suggest-health.ts'
import { type Line, lineOf } from './suggest-line.ts'
import { NUMBER_RULES } from './suggest-numbers.ts'
import { REPORT_RULES } from './suggest-reports.ts'
import type { Rule } from './suggest-rule.ts'
import { SIGNAL_RULES } from './suggest-signals.ts'
import { SYSTEM_RULES } from './suggest-systems.ts'
import { WEB_RULES } from './suggest-web.ts'

/** A probe that the words of an item call for. Nothing is set by it: a person accepts it or not. */
export type Suggestion = {
  itemKey: string
  rule: string
  /** What stands behind `probe:` in the annotation. */
  probe: string
  reason: string
  /** False: the rule was too often wrong, or judged too seldom, to be shown without being asked for. */
  offered: boolean
}

/** The table, read from the top: the first rule that makes something of a line has it. */
export const SUGGESTION_RULES: readonly Rule[] = [
  ...HEADER_RULES,
  ...NUMBER_RULES,
  ...WEB_RULES,
  ...DELIVERY_RULES,
  ...SYSTEM_RULES,
  ...CLUSTER_RULES,
  ...SIGNAL_RULES,
  ...REPORT_RULES,
  ...CHANGE_RULES,
  ...ACCESS_RULES,
]

/**
 * What the texts of the items that have no probe yet call for, at most one for an item. Takes time linear in the text;
 * every probe parses.
 */
export function suggestProbes(model: TemplateModel): Suggestion[] {
  const sections = new Map(model.sections.map((section) => [section.key, section]))
  const healthPath = healthPathOf(model)
  return model.items.flatMap((item) => {
    if (item.probe !== null) return []
    const section = sections.get(item.sectionKey)
    const found = suggestOne(lineOf({ item, section, healthPath }), item)
    return found === null ? [] : [found]
  })
}

function suggestOne(line: Line, item: TemplateItem): Suggestion | null {
  if (line.isLink) return null
  for (const { rule, when, unless, unlessIn, offered, read } of SUGGESTION_RULES) {
    if (when?.test(line.text) === false || unless?.test(line.text) || unlessIn?.test(line.section)) continue
    const reading = read(line)
    if (reading === null || !parseProbe(reading.probe).ok) continue
    return { itemKey: item.key, rule, probe: reading.probe, reason: reading.because, offered }
  }
  return null
}
