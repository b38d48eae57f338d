import { cookies, headers } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { env } from '#lib/server/env.ts'
import { secretHash } from '#lib/server/ids.ts'
import type { Principal } from './mint.ts'

/** The name of next-auth's cookie: `__Host-` where the address is https, so that no other host can set it. */
export function sessionCookieName(): string {
  return env().PUBLIC_URL.startsWith('https:') ? '__Host-countersign.session' : 'countersign.session'
}

/** The `set-cookie` line that takes the session cookie away again; `__Host-` names are only touched by Secure ones. */
export function expiredSessionCookie(): string {
  const secure = sessionCookieName().startsWith('__Host-') ? '; Secure' : ''
  return `${sessionCookieName()}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`
}

/** The session id inside next-auth's encrypted cookie, or null. It proves nothing yet: the session row decides. */
export async function readSessionId(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null
  try {
    const token = await decode({ token: cookie, secret: env().NEXTAUTH_SECRET })
    return typeof token?.sid === 'string' ? token.sid : null
  } catch {
    return null
  }
}

/** The address of the peer as our own server entry wrote it; a client cannot set this header. */
export const CLIENT_ADDRESS_HEADER = 'x-countersign-client'

/** Who sends the current request, as its cookie claims. */
export async function currentPrincipal(): Promise<Principal> {
  const sid = await readSessionId((await cookies()).get(sessionCookieName())?.value)
  if (sid) return { kind: 'session', idHash: secretHash(sid) }
  return { kind: 'anonymous', ip: (await headers()).get(CLIENT_ADDRESS_HEADER) ?? 'unknown' }
}
