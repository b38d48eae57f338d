import type { Condition, JsonOperand } from './condition.ts'
import { inQuotes, printQuantity, quote } from './print-text.ts'

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
    case 'header_match':
      return `header ${condition.name} ${condition.op} ${inQuotes(condition.pattern)}`
    case 'body_match':
      return `body ${condition.op} ${inQuotes(condition.pattern)}`
    case 'http_version':
      return `http-version ${condition.op} ${condition.value}`
    case 'tls':
      return condition.used ? 'tls' : 'no-tls'
    case 'final_url':
      return `final-url ${condition.op} ${inQuotes(condition.value)}`
    case 'header_age':
      return `header-age ${condition.name} ${condition.op} ${condition.value}${condition.unit}`
    case 'time':
      return `time ${condition.op} ${condition.value}${condition.unit}`
  }
}

export function printOperand(operand: JsonOperand): string {
  if (operand.type === 'text') return inQuotes(operand.text)
  if (operand.type === 'boolean') return String(operand.boolean)
  return printQuantity(operand)
}

/** Each with its level where it differs from the one before. */
export function printConditions<Condition extends { level: 'expect' | 'warn'; on: string }>(
  conditions: readonly Condition[],
  { printCondition }: { printCondition(condition: Condition): string },
): string[] {
  return conditions.map((condition, index) => {
    const sameLevel = conditions[index - 1]?.level === condition.level
    return `${sameLevel ? '' : `${condition.level} `}${printCondition(condition)}`
  })
}
