export type RawAddress = { ok: true; url: URL; note: string | null } | { ok: false; message: string }

/** Pages of forges that show a file, and the address of the file itself. The first that fits counts. */
const PAGES: { host: RegExp; path: RegExp; raw: (match: RegExpExecArray, url: URL) => string }[] = [
  {
    host: /^(?:www\.)?github\.com$/,
    path: /^\/([^/]+)\/([^/]+)\/(?:blob|blame)\/(.+)$/,
    raw: ([, owner, repository, rest]) => `https://raw.githubusercontent.com/${owner}/${repository}/${rest}`,
  },
  // GitLab, wherever it is hosted.
  {
    host: /./,
    path: /^(\/.+)\/-\/(?:blob|blame)\/(.+)$/,
    raw: ([, project, rest], url) => `${url.origin}${project}/-/raw/${rest}`,
  },
  // Forgejo and Gitea.
  {
    host: /./,
    path: /^(\/[^/]+\/[^/]+)\/src\/(branch|commit|tag)\/(.+)$/,
    raw: ([, project, kind, rest], url) => `${url.origin}${project}/raw/${kind}/${rest}`,
  },
  {
    host: /^bitbucket\.org$/,
    path: /^(\/[^/]+\/[^/]+)\/src\/(.+)$/,
    raw: ([, project, rest], url) => `${url.origin}${project}/raw/${rest}`,
  },
  // GitHub Enterprise and old GitLab.
  {
    host: /./,
    path: /^(\/[^/]+\/[^/]+)\/blob\/(.+)$/,
    raw: ([, project, rest], url) => `${url.origin}${project}/raw/${rest}`,
  },
]

/** The address to fetch for what somebody pasted: https only, and the file itself instead of the page that shows it. */
export function rawAddress(written: string): RawAddress {
  const url = URL.parse(written.trim())
  if (url === null) return { ok: false, message: 'This is not an address. Write it with https://.' }
  if (url.protocol !== 'https:') return { ok: false, message: 'Only https:// addresses are fetched.' }
  if (url.username !== '' || url.password !== '')
    return {
      ok: false,
      message: 'Leave out the user name and password: files are fetched without signing in.',
    }
  url.hash = ''
  for (const { host, path, raw } of PAGES) {
    const match = host.test(url.hostname) ? path.exec(url.pathname) : null
    if (match === null) continue
    const turned = new URL(raw(match, url))
    return {
      ok: true,
      url: turned,
      note: `That is a page that shows the file; the file was fetched from ${turned.href}.`,
    }
  }
  return { ok: true, url, note: null }
}

/** A name for the template from the file's own, without its ending; empty where the address names no file. */
export function nameFromAddress(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? ''
  let file = last
  try {
    file = decodeURIComponent(last)
  } catch {
    // A stray percent sign is part of the name.
  }
  return file
    .replace(/\.(?:md|markdown|mdown|mkd|txt)$/i, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, 120)
}
