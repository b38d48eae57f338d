import type { Drafts } from './drafts.ts'
import type { TemplateItem, TemplateProblem, TemplateRole, TemplateSection } from './model.ts'
import { scopeItemKeys } from './scope.ts'
import type { SignatureLine } from './signature-lines.ts'
import { positionAt } from './source.ts'

/**
 * Role slots in document order: rows of sign-off tables, signature lines, and roles that only a `slot:` annotation names. A
 * role that is written down twice is one slot, at its first place.
 */
export function settleRoles(input: {
  drafts: Drafts
  signatures: SignatureLine[]
  sections: TemplateSection[]
  items: TemplateItem[]
}): { roles: TemplateRole[]; problems: TemplateProblem[] } {
  const { drafts, signatures, sections, items } = input
  const problems: TemplateProblem[] = []
  const roles = new Map<string, TemplateRole>()
  const written = [...drafts.roles, ...signatures].sort((a, b) => a.line - b.line)
  for (const { role, line, place } of written) {
    const name = role.toLowerCase()
    if (!roles.has(name)) roles.set(name, { role, line, scope: null, place })
  }
  const scoped = new Set<string>()
  for (const { slot, start, line } of drafts.slots) {
    const name = slot.role.toLowerCase()
    const complain = (message: string, fix: string) =>
      problems.push({ ...positionAt(drafts.source, start), message: `slot: ${message}`, fix })
    if (scoped.has(name)) complain(`"${slot.role}" has a slot comment already`, 'keep one of them')
    scoped.add(name)
    const unknown = (slot.scope ?? []).filter(
      (entry) => scopeItemKeys({ model: { sections, items }, scope: [entry] }).length === 0,
    )
    for (const entry of unknown)
      complain(
        `no section "${entry}" with items to do before the go`,
        'write the title of a section as its heading has it',
      )
    const role = roles.get(name)
    if (role === undefined) roles.set(name, { role: slot.role, line, scope: slot.scope, place: null })
    else role.scope = slot.scope
  }
  return { roles: [...roles.values()].sort((a, b) => a.line - b.line), problems }
}
