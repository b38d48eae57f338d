import type { Found } from './judged.ts'
import type { KubernetesPod } from './observations/kubernetes.ts'

/**
 * Does a container of the pod run this image? `sha256:…` asks for a digest, a text with a slash, colon or @ for a whole
 * reference, any other for a tag. A digest that the kubelet has not said yet is not another one.
 */
export function imageMatches(wanted: string | null, { images }: KubernetesPod): Found {
  const observed = images.map(({ image, digest }) => described(image, digest)).join(', ') || 'no container'
  if (wanted === null || images.length === 0) return { observed, value: null }
  const [reference = '', named] = wanted.startsWith('sha256:') ? ['', wanted] : wanted.split('@')
  if (named !== undefined) {
    const candidates = images.filter(
      ({ image }) => reference === '' || repositoryOf(image) === repositoryOf(reference),
    )
    if (candidates.some(({ digest }) => digest === named)) return { observed, value: true }
    return { observed, value: candidates.some(({ digest }) => digest === null) ? null : false }
  }
  const isWhole = /[/:]/.test(wanted)
  return { observed, value: images.some(({ image }) => (isWhole ? image : tagOf(image)) === wanted) }
}

function described(image: string, digest: string | null): string {
  return digest === null || image.includes('@') ? image : `${image} (${digest.slice(0, 19)}…)`
}

/** `registry:5000/app:v1@sha256:…` is of the repository `registry:5000/app`. */
function repositoryOf(image: string): string {
  const [named = ''] = image.split('@')
  return named.replace(/:[^/:]*$/, '')
}

/** The part behind the last colon that is not a port; `latest` where none is written and no digest either. */
function tagOf(image: string): string {
  const [named = '', digest] = image.split('@')
  return /:([^/:]*)$/.exec(named)?.[1] ?? (digest === undefined ? 'latest' : '')
}
