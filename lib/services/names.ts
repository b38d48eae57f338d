import { z } from 'zod'
import { isReservedSlug, isSlug, slugify } from '#lib/shared/slug.ts'

export const SERVICE_NAME_MAX = 60
export const ENVIRONMENTS_MAX = 20
/** What a service starts with. */
export const DEFAULT_ENVIRONMENTS = ['staging', 'production'] as const

export const serviceName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(SERVICE_NAME_MAX, `At most ${SERVICE_NAME_MAX} characters.`)

/** The slug of a service or an environment from its name, or what is wrong with the name. */
export function slugOf(name: string): { slug: string } | { problem: string } {
  const slug = slugify(name)
  if (slug === '' || !isSlug(slug))
    return { problem: 'The address is made of the name, which needs a Latin letter or a digit.' }
  if (isReservedSlug(slug))
    return { problem: `“${slug}” is an address that Countersign uses itself. Choose another name.` }
  return { slug }
}
