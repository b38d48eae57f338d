/** Pieces of Base64 that are shorter are found in any text by chance. */
const LEAST_PIECE = 8

/**
 * A secret as it may come back: as it is, in an address, a form, a host name, in JSON and HTML as the usual programs write them, in
 * hexadecimal digits and in Base64, there also behind something else, as the password of `user:password` is.
 */
export function spellings(value: string): string[] {
  return [...new Set([value, ...inAddresses(value), ...inJson(value), ...inHtml(value), ...inBytes(value)])]
}

function inAddresses(value: string): string[] {
  const whole = encodeURIComponent(value.toWellFormed())
  const url = new URL('http://host/')
  url.pathname = value
  url.search = value
  const small = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  const spelled = [
    whole,
    // An address within an address.
    encodeURIComponent(whole),
    new URLSearchParams({ '': value }).toString().slice(1),
    url.pathname.slice(value.startsWith('/') || value.startsWith('\\') ? 0 : 1),
    url.search.slice(value.startsWith('?') ? 0 : 1),
  ].filter((text) => text.length >= value.length)
  return [...spelled, ...spelled.map(small), value.toLowerCase()]
}

/** As JavaScript writes it, as Go does, and as PHP does. */
function inJson(value: string): string[] {
  const plain = JSON.stringify(value).slice(1, -1)
  const code = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  return [
    plain,
    JSON.stringify(plain).slice(1, -1),
    plain.replace(/[<>&]/g, code),
    plain.replaceAll('/', '\\/'),
    plain.replace(/[\u0080-\uffff]/g, code),
  ]
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function inHtml(value: string): string[] {
  const quoted = (quote: string, double = '&quot;') =>
    value.replace(/[&<>"']/g, (letter) =>
      letter === "'" ? quote : letter === '"' ? double : (NAMED[letter] ?? letter),
    )
  return [
    quoted("'"),
    quoted("'", '"'),
    quoted('&#39;'),
    quoted('&#x27;'),
    quoted('&#039;'),
    quoted('&#39;', '&#34;'),
  ]
}

function inBytes(value: string): string[] {
  const bytes = Buffer.from(value)
  const whole = bytes.toString('base64').replace(/=+$/, '')
  const pieces = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // Characters that hold a bit of what stands before or behind it are another text each time.
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const base64 = [whole, ...pieces.filter((piece) => piece.length >= LEAST_PIECE)]
  const hex = bytes.toString('hex')
  return [
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    hex,
    hex.toUpperCase(),
  ]
}
