import type { Condition, JsonOperand } from './condition.ts'
import type { ProbeConfig } from './config.ts'
import { PROBE_LIMITS } from './http-probe.ts'

/**
 * The canonical text of a probe: parsing it gives the same configuration. Usual values are left out, and ">" inside
 * texts is escaped, so that the result can stand in an HTML comment.
 */
export function printProbe(config: ProbeConfig): string {
  const method = config.method === 'GET' ? '' : `${config.method} `
  const parts = [
    ...config.headers.map(({ name, value }) => `send ${name}: ${quote(value)}`),
    ...(config.timeoutMs === PROBE_LIMITS.timeoutMs.usual ? [] : [`timeout ${printMs(config.timeoutMs)}`]),
    ...(config.redirects.mode === 'none'
      ? []
      : [`redirects ${config.redirects.mode} ${config.redirects.max}`]),
    ...(config.maxBytes === PROBE_LIMITS.maxBytes.usual ? [] : [`limit ${printBytes(config.maxBytes)}`]),
    ...(config.shelfSeconds === null ? [] : [`shelf ${printMs(config.shelfSeconds * 1000)}`]),
    ...(config.allowWarn ? ['allow warn'] : []),
  ]
  const conditions = config.conditions.map((condition, index) => {
    const sameLevel = config.conditions[index - 1]?.level === condition.level
    return `${sameLevel ? '' : `${condition.level} `}${printCondition(condition)}`
  })
  return `http ${method}${config.url} ${[...conditions, ...parts].join(', ')}`
}

/** One condition without its level, as it stands in the template and on screen. */
export function printCondition(condition: Condition): string {
  switch (condition.on) {
    case 'status':
      return `status ${condition.op} ${condition.value}`
    case 'status_in':
      return `status in (${condition.values.join(', ')})`
    case 'header':
      return `header ${condition.name} ${condition.op} ${quote(condition.value)}`
    case 'header_in':
      return `header ${condition.name} in (${condition.values.map(quote).join(', ')})`
    case 'header_presence':
      return `header ${condition.name} ${condition.present ? 'present' : 'absent'}`
    case 'directive':
      return `header ${condition.header} ${condition.name} ${condition.op} ${condition.value}`
    case 'body':
      return `body ${condition.op} ${quote(condition.value)}`
    case 'json': {
      const unit = condition.unit === null ? '' : ` as ${condition.unit}`
      return `json ${condition.path}${unit} ${condition.op} ${printOperand(condition.operand)}`
    }
    case 'time':
      return `time ${condition.op} ${condition.value}${condition.unit}`
  }
}

export function printOperand(operand: JsonOperand): string {
  if (operand.type === 'text') return inQuotes(operand.text)
  if (operand.type === 'boolean') return String(operand.boolean)
  return `${operand.value}${operand.unit ?? ''}`
}

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

function inQuotes(text: string): string {
  return `"${text.replace(/[\n\r\t"\\>]/g, (character) => ESCAPED[character] ?? character)}"`
}

function printMs(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const)
    if (ms % size === 0) return `${ms / size}${unit}`
  return `${ms}ms`
}

function printBytes(bytes: number): string {
  if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576}MiB`
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : `${bytes}B`
}
