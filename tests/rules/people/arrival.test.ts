import { describe, expect, it } from 'vitest'
import { returnPath, startPage } from '#lib/people/arrival.ts'

describe('after signing in', () => {
  it.each([
    [undefined, '/'],
    ['/acme/runs/web/1#item-a', '/acme/runs/web/1#item-a'],
    ['/acme/history?text=a%20b', '/acme/history?text=a%20b'],
    ['//evil.test/a', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\nb', '/'],
    ['/sign-in?return=/sign-in', '/'],
    ['/api/session', '/'],
  ])('%s leads to %s', (wanted, path) => {
    expect(returnPath(wanted)).toBe(path)
  })
})

describe('the start page', () => {
  const acme = { slug: 'acme' }
  it.each([
    [{ setUp: false, teams: null }, '/setup'],
    [{ setUp: true, teams: null }, '/sign-in'],
    [{ setUp: true, teams: [acme] }, '/acme'],
    [{ setUp: true, teams: [acme, { slug: 'beta' }] }, '/me'],
    [{ setUp: true, teams: [] }, '/me'],
  ])('%j leads to %s', (facts, path) => {
    expect(startPage(facts)).toBe(path)
  })
})
