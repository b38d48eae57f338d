import { describe, expect, it } from 'vitest'
import { connectionsOf } from '#lib/services/connections.ts'

const names = (input: { variables?: string; secrets?: string[]; allowList?: string }) =>
  connectionsOf({
    variables: input.variables ?? '',
    secrets: (input.secrets ?? []).map((name) => ({ name })),
    allowList: input.allowList ?? '',
  }).map(({ of, name }) => `${of} ${name}`)

describe('what can be tried of an environment', () => {
  it('is every variable that holds an address, and no other', () => {
    const variables = [
      'BASE_URL=https://app.example.com/shop',
      'CACHE=redis://cache.internal',
      'MAIL=mail.example.com:587',
      'SIX=[::1]:8080',
      'QUEUE=amqp://queue.internal:5672/main',
      'QUEUE_WITHOUT_PORT=amqp://queue.internal',
      'VERSION=1.4.2',
      'RATIO=10:99999',
      'NAMESPACE=shop',
      'WORDS=see https://example.com/',
      'NOTHING=',
    ].join('\n')
    expect(names({ variables })).toEqual([
      'variable BASE_URL',
      'variable CACHE',
      'variable MAIL',
      'variable QUEUE',
      'variable SIX',
    ])
  })

  it('is every secret whose name says that it holds one, without its value', () => {
    expect(names({ secrets: ['API_TOKEN', 'DATABASE_URL_PROBE', 'CURL_KEY', 'SENTRY_DSN'] })).toEqual([
      'variable DATABASE_URL_PROBE',
      'variable SENTRY_DSN',
    ])
    expect(
      connectionsOf({ variables: '', secrets: [{ name: 'REDIS_URL' }], allowList: '' })[0]?.shows,
    ).toBeNull()
  })

  it('is every entry of one host and port that no variable spells out', () => {
    const allowList = [
      'app.example.com:443',
      'db.internal:5432 10.0.0.0/8 for postgres',
      '*.example.com:443',
      '10.0.0.0/8:443',
      'wide.example.com',
      'mail.example.com:25',
    ].join('\n')
    expect(names({ variables: 'BASE_URL=https://app.example.com', allowList })).toEqual([
      'variable BASE_URL',
      'entry db.internal:5432 10.0.0.0/8 for postgres',
      'entry mail.example.com:25',
    ])
  })
})
