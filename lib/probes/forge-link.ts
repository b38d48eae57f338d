/** When something happened and where it is shown, as far as a forge says; the same fields are absent where it does not. */
export function linked({ at, url }: { at?: string | null | undefined; url?: string | null | undefined }): {
  at?: string
  url?: string
} {
  return { ...(at ? { at } : {}), ...(isPage(url) ? { url } : {}) }
}

/** What a forge answers is not trusted: only a page of the web is ever a link. */
function isPage(url: string | null | undefined): url is string {
  return typeof url === 'string' && url.length <= 2000 && /^https?:\/\/[^\s"'<>\\]+$/.test(url)
}
