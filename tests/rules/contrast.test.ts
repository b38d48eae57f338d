import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const tokens = [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
const themes = {
  light: new Map(tokens.map(([, name = '', light = '']) => [name, light])),
  dark: new Map(tokens.map(([, name = '', , dark = '']) => [name, dark])),
}

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const sheets = ['bg', 'paper', 'hair']
const texts = ['ink', 'soft', 'faint', 'accent', 'go', 'no', 'warn'].flatMap((text) =>
  sheets.map((sheet) => [text, sheet] as const),
)
const tinted = ['go', 'no', 'warn', 'accent'].flatMap((tone) =>
  [tone, 'ink', 'soft', 'faint'].map((text) => [text, `${tone}-bg`] as const),
)
const filled = ['accent', 'go', 'no', 'warn'].map((fill) => ['on-solid', fill] as const)

describe.each(['light', 'dark'] as const)('in the %s theme', (name) => {
  const theme = themes[name]
  const colour = (token: string) => theme.get(token) ?? expect.fail(`no token ${token}`)

  it.each([...texts, ...tinted, ...filled])('%s on %s is readable (4.5:1, WCAG 1.4.3)', (text, sheet) => {
    expect(contrast(colour(text), colour(sheet))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(sheets)('the edge of a field stands out from %s (3:1, WCAG 1.4.11)', (sheet) => {
    expect(contrast(colour('edge'), colour(sheet))).toBeGreaterThanOrEqual(3)
  })
})
