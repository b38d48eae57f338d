const SECRET_NAME = /TOKEN|SECRET|PASSW|CREDENTIAL|(?:^|_)KEY(?:_|$)|APIKEY/

/** Does a variable of this name usually hold a secret? */
export function soundsSecret(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** An address with a user name or a password before its host (RFC 3986, 3.2.1). */
export function holdsCredentials(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@/i.test(value)
}

/** Could this become an address with a password while it is still being typed? Such text is not kept anywhere meanwhile. */
export function mayBecomeCredentials(value: string): boolean {
  if (holdsCredentials(value)) return true
  const [, scheme = '', place = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\s]*)/i.exec(value) ?? []
  if (scheme === '') return false
  return !/^(?:https?|wss?)$/i.test(scheme) || !/^[^:]*(?::\d{0,5})?$|^\[[^\]]*\](?::\d{0,5})?$/.test(place)
}
