import { askedOf, type ProbeConfig } from '#lib/probes/config.ts'
import { countModel } from './check-report.ts'
import type { TemplateModel } from './model.ts'
import { noticeVariables } from './notice.ts'

export type GalleryEntry = {
  /** The file's name without its ending. */
  slug: string
  name: string
  /** One line: what is in it. */
  about: string
  /** When to take this one and not another. */
  use: string
}

/** The checklists that come with Countersign, in the order in which they are shown. A file is shipped by standing here. */
export const GALLERY: readonly GalleryEntry[] = [
  {
    slug: 'production-deployment',
    name: 'Production deployment',
    about: 'Code, database, infrastructure, HIPAA and performance of a web service, with its rollback plan.',
    use: 'For a first deployment, and for the one that has to be looked at from every side.',
  },
  {
    slug: 'web-service-release',
    name: 'Web service release',
    about: 'One commit, one image: staging, a canary, everybody, and the numbers afterwards.',
    use: 'For a service that is shipped every week or every day.',
  },
  {
    slug: 'database-migration',
    name: 'Database migration',
    about: 'Expand, move, contract: locks, rehearsal, backup, replicas, and the way back.',
    use: 'For a change of schema or data in PostgreSQL while people use it.',
  },
  {
    slug: 'mobile-release',
    name: 'Mobile release',
    about: 'Build, devices, store reviews, one percent of the users, crash-free sessions.',
    use: 'For an app in the App Store and in Google Play.',
  },
  {
    slug: 'infrastructure-change',
    name: 'Infrastructure change',
    about: 'Terraform plans, cluster nodes, names, certificates, and a second plan that is empty.',
    use: 'For a change to what services stand on.',
  },
  {
    slug: 'model-release',
    name: 'Machine-learning model',
    about: 'Data, evaluation, fairness, shadow and canary, drift, and the model before kept warm.',
    use: 'For a model that answers people or decides about them.',
  },
]

export type GalleryCounts = {
  items: number
  steps: number
  probes: number
  roles: string[]
  /** What its probes always ask an environment for. */
  variables: string[]
  /** What some are asked with only where it is set, and whom notices go to. */
  optional: string[]
}

/** What a checklist holds, and which variables it asks an environment for, in the order of the document. */
export function countGallery(model: TemplateModel): GalleryCounts {
  const { items, steps, probes } = countModel(model)
  const asked = (wanted: (config: ProbeConfig) => boolean) =>
    model.items.flatMap(({ probe }) => (probe !== null && wanted(probe) ? askedOf(probe) : []))
  const variables = new Set(asked(({ ifSet }) => ifSet === undefined))
  const told = model.items.flatMap(({ notice }) => (notice ? noticeVariables(notice) : []))
  const optional = new Set([...asked(({ ifSet }) => ifSet !== undefined), ...told])
  return {
    items,
    steps,
    probes,
    roles: model.roles.map(({ role }) => role),
    variables: [...variables],
    optional: [...optional].filter((name) => !variables.has(name)),
  }
}
