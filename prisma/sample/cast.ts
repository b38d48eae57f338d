import type { AccountRole } from '#lib/shared/codes.ts'

export type Who = 'ana' | 'bo' | 'cem' | 'dee' | 'lea' | 'maya' | 'ivo'

export type Role = {
  who: Who
  name: string
  accountRole: AccountRole
  roles: string[]
  /** For the list of passwords. */
  does: string
}

export const ADMIN: Role = {
  who: 'lea',
  name: 'Lea Brandt',
  accountRole: 'admin',
  roles: [],
  does: 'admin: manages people, services and settings',
}

/** Everybody but the admin, who invites them; the owner is whoever loads the sample. */
export const CAST: readonly Role[] = [
  {
    who: 'ana',
    name: 'Ana Ruiz',
    accountRole: 'member',
    roles: ['Developer'],
    does: 'member, signs as Developer',
  },
  {
    who: 'bo',
    name: 'Bo Lind',
    accountRole: 'member',
    roles: ['Reviewer'],
    does: 'member, signs as Reviewer',
  },
  {
    who: 'cem',
    name: 'Cem Aydin',
    accountRole: 'member',
    roles: ['DevOps'],
    does: 'member, signs as DevOps',
  },
  {
    who: 'dee',
    name: 'Dee Wong',
    accountRole: 'member',
    roles: ['Security'],
    does: 'member, signs as Security',
  },
  { who: 'maya', name: 'Maya Okafor', accountRole: 'manager', roles: [], does: 'manager: reads everything' },
  {
    who: 'ivo',
    name: 'Ivo Novak',
    accountRole: 'auditor',
    roles: [],
    does: 'auditor: reads, samples, exports',
  },
]
