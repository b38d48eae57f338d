import type { TemplateModel } from './model.ts'

export const HEALTH_NAME = 'health(?:z|[-_]?checks?)?|livez?|liveness|readyz?|readiness|alive|ping|heartbeat'
/** A path begins behind a blank or a quote; behind a host it belongs to an address. */
export const PATH_START = '(?<![\\w:/.~-])'
export const HEALTH_PATH = new RegExp(
  `${PATH_START}/(?:[\\w.~-]{1,40}/){0,4}(?:${HEALTH_NAME})(?:/[\\w.~-]{1,40}){0,2}/?(?![\\w/])`,
  'giu',
)

/** The one health path that items, their details and commands of a document name; null for none, and for several. */
export function healthPathOf({ items, steps }: Pick<TemplateModel, 'items' | 'steps'>): string | null {
  const texts = [
    ...items.flatMap(({ text, detail }) => [text, detail ?? '']),
    ...steps.map(({ commands }) => commands),
  ]
  const found = new Set<string>()
  for (const text of texts) {
    for (const path of pathsIn(text)) found.add(path)
    if (found.size > 1) return null
  }
  return [...found][0] ?? null
}

function pathsIn(text: string): string[] {
  const inAddresses = [...text.matchAll(/https?:\/\/[^\s/"'`<>)]{1,200}(\/[^\s"'`<>)]{0,200})/g)].flatMap(
    ([, path = '']) => [...path.matchAll(HEALTH_PATH)].map(([whole]) => whole),
  )
  return [...[...text.matchAll(HEALTH_PATH)].map(([whole]) => whole), ...inAddresses]
}
