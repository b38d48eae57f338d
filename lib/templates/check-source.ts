import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import type { Refusal } from '#lib/shared/result.ts'
import { findFencedList } from './fenced-list.ts'
import type { TemplateModel, TemplateProblem } from './model.ts'
import { parseTemplate } from './parse.ts'

/** A checklist in a fence is an example; saying so beats "no item". */
function nothingFound(source: string): { message: string; fix: string } {
  const fenced = findFencedList(source)
  if (fenced === null)
    return { message: 'there is no item in it', fix: 'Write an item as "- [ ] All tests pass".' }
  const { line, endLine, tasks } = fenced
  return {
    message: `the whole list (${tasks} tasks) stands in the fence of lines ${line} to ${endLine}, so it is an example`,
    fix: 'Take the fence off.',
  }
}

export type CheckedSource =
  | { ok: true; model: TemplateModel }
  | { ok: false; refusal: Refusal; problems: TemplateProblem[] }

/** What is wrong with a text in which nothing can be ticked. */
export function nothingToTick(source: string): TemplateProblem {
  return { line: 1, column: 1, ...nothingFound(source) }
}

function refusal(
  code: string,
  problems: TemplateProblem[],
): { ok: false; refusal: Refusal; problems: TemplateProblem[] } {
  const first = problems[0]
  const place = first
    ? `Line ${first.line}, column ${first.column}: ${first.message}`
    : 'This cannot be read.'
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : ''
  return {
    ok: false,
    problems,
    refusal: {
      code,
      message:
        problems.length > 1
          ? `The Markdown has ${problems.length} problems; nothing was published.`
          : 'The Markdown has a problem; nothing was published.',
      fields: { source: `${place}${more}` },
      detail: { problems },
    },
  }
}

/** Where byte number `limit` of the text falls, as line and column from 1. */
function placeOfByte({ source, limit }: { source: string; limit: number }): { line: number; column: number } {
  const before = new TextDecoder().decode(new TextEncoder().encode(source).subarray(0, limit))
  const line = before.split('\n').length
  return { line, column: before.length - before.lastIndexOf('\n') }
}

/** Parses a source and holds it to the limits of `LIMITS`; every problem says its line, its column and what to do. */
export function checkSource(source: string): CheckedSource {
  return checkText(source) ?? checkModel({ source, model: parseTemplate(source) })
}

/** What is wrong with a text before it is read at all, or null. */
export function checkText(source: string): Extract<CheckedSource, { ok: false }> | null {
  if (utf8Bytes(source) > LIMITS.templateBytes) {
    const message = `a template may have at most ${LIMITS.templateBytes.toLocaleString('en')} bytes; the limit is reached here`
    return refusal('too_large', [
      {
        ...placeOfByte({ source, limit: LIMITS.templateBytes }),
        message,
        fix: 'Split the checklist in two.',
      },
    ])
  }
  // PostgreSQL stores no NUL, and the exported file has to be this one byte for byte.
  const [odd] = [source.indexOf('\u0000'), source.search(/\p{Surrogate}/u)].filter((at) => at !== -1)
  if (odd !== undefined) {
    const at = placeOfByte({ source: source.slice(0, odd), limit: LIMITS.templateBytes })
    return refusal('template_problems', [
      { ...at, message: 'the text holds a character that is not text', fix: 'Save the file as UTF-8.' },
    ])
  }
  return null
}

/** What keeps a model from being published. */
export function checkModel({ source, model }: { source: string; model: TemplateModel }): CheckedSource {
  const beyond = model.items[LIMITS.templateItems]
  if (beyond) {
    const message = `a template may have at most ${LIMITS.templateItems.toLocaleString('en')} items; this is one more`
    return refusal('template_problems', [
      { line: beyond.line, column: 1, message, fix: 'Split the checklist in two.' },
    ])
  }
  if (model.problems.length > 0) return refusal('template_problems', model.problems)
  if (model.items.length === 0) {
    return refusal('template_problems', [nothingToTick(source)])
  }
  return { ok: true, model }
}
