import { currentRequest } from '#lib/server/requests.ts'
import type { Refusal } from '#lib/shared/result.ts'

/** Refusal code → HTTP status; anything else is 422: understood, and refused in words. */
const STATUS: Record<string, number> = {
  invalid: 400,
  not_signed_in: 401,
  foreign_origin: 403,
  forbidden: 403,
  not_found: 404,
  lost_race: 409,
  no_live_run: 409,
  other_run: 409,
  other_commit: 409,
  too_large: 413,
  wrong_media_type: 415,
  too_many_requests: 429,
  surprise: 500,
  unavailable: 503,
}

/** An `application/problem+json` answer (RFC 9457); wrong fields are listed under `errors` by name, and `requestId` is what the log has it under. */
export function problem(
  refusal: Refusal,
  { status, headers }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const request = currentRequest()
  const code = status ?? STATUS[refusal.code] ?? 422
  const body = {
    type: `about:blank#${refusal.code}`,
    title: refusal.message,
    status: code,
    code: refusal.code,
    ...(refusal.fields ? { errors: refusal.fields } : {}),
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    ...(request ? { requestId: request.id } : {}),
  }
  return Response.json(body, {
    status: code,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}
