import type { Quantity } from './quantities.ts'

const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  '>': '\\>',
}

/** A text in double quotes, or bare when it is one plain word. */
export function quote(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._/*+-]{0,63}$/.test(text)) return text
  return inQuotes(text)
}

export function inQuotes(text: string): string {
  return `"${text.replace(/[\n\r\t"\\>]/g, (character) => ESCAPED[character] ?? character)}"`
}

export function printQuantity({ value, unit }: Quantity): string {
  return `${value}${unit ?? ''}`
}

export function printMs(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const)
    if (ms % size === 0) return `${ms / size}${unit}`
  return `${ms}ms`
}

export function printBytes(bytes: number): string {
  if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576}MiB`
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : `${bytes}B`
}
