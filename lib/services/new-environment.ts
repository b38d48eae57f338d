export type NewEnvironment = {
  id: string
  teamId: string
  serviceId: string
  slug: string
  name: string
  ordinal: number
  variables: Record<string, string>
  allowList: string[]
  createdAt: Date
}

/** An environment's first state: nothing to fill in, and nothing that a probe may reach. */
export function newEnvironment(given: Omit<NewEnvironment, 'variables' | 'allowList'>): NewEnvironment {
  return { ...given, variables: {}, allowList: [] }
}
