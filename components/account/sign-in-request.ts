export type SignInReply = { ok: true } | { ok: false; code: string; retryAfterSeconds: number | null }

const failed = (code: string): SignInReply => ({ ok: false, code, retryAfterSeconds: null })

/** next-auth answers with an address; a refusal is its `error` parameter, `code` or `code:seconds`. */
function replyOf(status: number, url: string): SignInReply {
  const query = new URL(url, window.location.origin).searchParams
  const error = query.get('error')
  if (error === null) return status < 400 && query.get('csrf') === null ? { ok: true } : failed('surprise')
  const [code = 'surprise', seconds] = error.split(':')
  return { ok: false, code, retryAfterSeconds: seconds === undefined ? null : Number(seconds) }
}

/** Signs in through next-auth's credentials provider; the cookie of the new session comes with the answer. */
export async function requestSignIn({
  email,
  password,
}: {
  email: string
  password: string
}): Promise<SignInReply> {
  try {
    const asked = await fetch('/api/auth/csrf', { cache: 'no-store' })
    const { csrfToken } = (await asked.json()) as { csrfToken: string }
    const response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
    })
    const { url } = (await response.json()) as { url?: string }
    return replyOf(response.status, url ?? '/?error=surprise')
  } catch {
    return failed('unreachable')
  }
}
