import { describe, expect, it } from 'vitest'
import { missingVariables, neededVariables } from '#lib/runs/open-form.ts'

describe('what a checklist’s probes ask of an environment', () => {
  const needs = neededVariables([['BASE_URL'], ['BASE_URL', 'TOKEN', 'BASE_URL'], ['REDIS_URL']])

  it('is each variable once, with the number of items', () => {
    expect(needs).toEqual([
      { name: 'BASE_URL', items: 2 },
      { name: 'TOKEN', items: 1 },
      { name: 'REDIS_URL', items: 1 },
    ])
  })

  it('is missing where it has no value, and nothing is missing before both are chosen', () => {
    const missing = (variables: string[]) =>
      missingVariables({ template: { needs }, environment: { variables } }).map(({ name }) => name)
    expect(missing(['BASE_URL'])).toEqual(['TOKEN', 'REDIS_URL'])
    expect(missing(['REDIS_URL', 'TOKEN', 'BASE_URL', 'OTHER'])).toEqual([])
    expect(missingVariables({ template: undefined, environment: { variables: [] } })).toEqual([])
    expect(missingVariables({ template: { needs }, environment: undefined })).toEqual([])
  })
})
