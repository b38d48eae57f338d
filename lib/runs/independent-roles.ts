/**
 * Roles whose signature is worth something only when it comes from somebody else than those who did the work: not from
 * the commit's author, and not over items that rest on the signer's word alone.
 * Lower case; a role counts when one of its words is here, so `Code Reviewer` and `Security Officer` do too.
 */
export const INDEPENDENT_ROLES: readonly string[] = ['reviewer', 'security']

/** Whether a role's signer must be independent; names are compared without case. */
export function isIndependentRole(role: string): boolean {
  return role
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => INDEPENDENT_ROLES.includes(word))
}
