import type { HeaderLine } from '../observations/base.ts'

export type CookieFacts = {
  name: string
  secure: boolean
  httpOnly: boolean
  sameSite: 'Strict' | 'Lax' | 'None' | null
}

/** What the tests look at; `null` where nothing is known. */
export type PageFacts = {
  /** Is the page's own address https? Its certificate is trusted then, or there would be no page. */
  secure: boolean
  host: string
  /** Of the page where the redirects end. */
  headers: readonly HeaderLine[]
  isHtml: boolean
  meta: { csp: readonly string[]; referrer: string | null }
  scripts: readonly { src: string | null; integrity: boolean }[]
  /** Of the whole way there, later ones in place of earlier ones. */
  cookies: readonly CookieFacts[]
  /** Does the page set one whose SameSite is none of the three words? */
  hasBadSameSite: boolean
  cors: { allowOrigin: string | null; allowCredentials: string | null; origin: string } | null
  /** Where http leads, hop by hop, the first one included; `none`: nothing listens there. */
  plain: { route: readonly string[]; isTrusted: boolean } | 'none' | null
}

export function headerLines({ headers }: Pick<PageFacts, 'headers'>, name: string): string[] {
  return headers.flatMap((header) => (header.name === name ? [header.value] : []))
}

/** Lines joined with ", " (RFC 9110, 5.3); null when there are none, or only empty ones. */
export function headerOf(page: Pick<PageFacts, 'headers'>, name: string): string | null {
  const value = headerLines(page, name).join(', ')
  return value === '' ? null : value
}
