import { STAGES, type Stage } from '#lib/shared/codes.ts'
import type { StageOrigin, TemplateModel } from './model.ts'

/** What an import understood, for a person to look over before it is published. */
export type Review = {
  title: string
  counts: { label: string; count: number }[]
  sections: {
    key: string
    path: string[]
    stage: Stage
    stageFrom: StageOrigin
    items: number
    steps: number
    probes: number
  }[]
  roles: { role: string; scope: string[] | null }[]
  triggers: string[]
  facts: { question: string; items: string[] }[]
  keptAsText: { line: number; text: string }[]
}

function sectionsOf(model: TemplateModel): Review['sections'] {
  return model.sections.flatMap(({ key, path, stage, stageFrom }) => {
    const items = model.items.filter(({ sectionKey }) => sectionKey === key)
    const steps = model.steps.filter(({ sectionKey }) => sectionKey === key).length
    if (items.length === 0 && steps === 0) return []
    return [
      {
        key,
        path,
        stage,
        stageFrom,
        items: items.length,
        steps,
        probes: items.filter(({ probe }) => probe !== null).length,
      },
    ]
  })
}

/** The model's own summary: also shown beside a published version. */
export function reviewModel(model: TemplateModel): Review {
  const texts = new Map(model.items.map(({ key, text }) => [key, text]))
  const sections = sectionsOf(model)
  return {
    title: model.title,
    counts: [
      { label: 'Items', count: model.items.length },
      ...STAGES.map((stage) => ({
        label: `in ${stage}`,
        count: model.items.filter((item) => item.stage === stage).length,
      })),
      { label: 'Command steps', count: model.steps.length },
      { label: 'Probes', count: model.items.filter(({ probe }) => probe !== null).length },
      { label: 'Sign-off roles', count: model.roles.length },
      { label: 'Rollback triggers', count: model.triggers.length },
      { label: 'Run facts', count: model.facts.length },
    ],
    sections,
    roles: model.roles.map(({ role, scope }) => ({ role, scope })),
    triggers: model.triggers.map(({ text }) => text),
    facts: model.facts.map(({ question, itemKeys }) => ({
      question,
      items: itemKeys.map((key) => texts.get(key) ?? key),
    })),
    keptAsText: model.keptAsText,
  }
}
