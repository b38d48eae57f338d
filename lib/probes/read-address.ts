import { meantAddress } from './meant.ts'
import type { Scanner } from './scanner.ts'
import { isHostTemplate, isUrlTemplate } from './texts.ts'

/** An http or https address, or one that starts with a variable. */
export function readUrl(scanner: Scanner): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const token = scanner.untilBlank()
  const url = token.endsWith(',') ? token.slice(0, -1) : token
  if (!isUrlTemplate(url))
    scanner.fail({
      offset,
      message: url === '' ? 'the address is missing' : 'this is not an http or https address',
      expected: ['https://…', '$' + '{BASE_URL}/…'],
      fix: isUrlTemplate(meantAddress(url) ?? '') ? `write ${meantAddress(url)}` : null,
    })
  return url
}

/** Any other address: a host with or without its port, `SCHEME://…`, or one that starts with a variable. */
export function readAddress(
  scanner: Scanner,
  { isAddress, expected }: { isAddress: (text: string) => boolean; expected: string[] },
): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const token = scanner.untilBlank()
  const address = token.endsWith(',') ? token.slice(0, -1) : token
  if (!isAddress(address))
    scanner.fail({
      offset,
      message: address === '' ? 'the address is missing' : `this is not ${expected[0] ?? 'an address'}`,
      expected: expected.slice(1),
    })
  return address
}

/** A host's name, without scheme and port. */
export function readHost(scanner: Scanner): string {
  scanner.skipBlanks()
  const { offset } = scanner
  const name = scanner.word()
  if (isHostTemplate(name)) return name
  return scanner.fail({
    offset,
    message: 'this is not a host name in lower case, without scheme and port',
    expected: ['app.example.com', '$' + '{APP_HOST}'],
  })
}
