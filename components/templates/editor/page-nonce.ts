/** The nonce that this document's content policy asks for; the policy of a later navigation does not count. */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
}
