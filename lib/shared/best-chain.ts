/** A certificate as far as chains are made of it. `isRoot`: it is its own issuer. `ends`: in milliseconds since 1970. */
export type ChainLink = { id: string; ends: number; isRoot: boolean }

const MOST_LINKS = 10
const MOST_CHAINS = 200

/**
 * Of all chains that lead from a certificate to a trusted root, the one that holds longest, the shortest of equals; null without
 * any. A server may send along what it takes to reach a root that has ended meanwhile, while another link is issued by a root that
 * is trusted too: every trusted root that issued a link closes a chain there. `issuersOf` gives those among the sent and the
 * trusted certificates that issued one; whether a chain may be trusted at all is for TLS to have decided.
 */
export function bestChain<Link extends ChainLink>(
  leaf: Link,
  {
    issuersOf,
    isTrusted,
  }: { issuersOf: (link: Link) => readonly Link[]; isTrusted: (link: Link) => boolean },
): Link[] | null {
  let best: Link[] | null = null
  let walked = 0
  const walk = (chain: Link[], last: Link): void => {
    if (walked++ > MOST_CHAINS || chain.length > MOST_LINKS) return
    if (last.isRoot) {
      if (isTrusted(last) && (best === null || isBetter(chain, best))) best = chain
      return
    }
    for (const issuer of issuersOf(last))
      if (!chain.some(({ id }) => id === issuer.id)) walk([...chain, issuer], issuer)
  }
  walk([leaf], leaf)
  return best
}

/** When the first of a chain's certificates ends. */
export function chainEnds(chain: readonly ChainLink[]): number {
  return Math.min(...chain.map(({ ends }) => ends))
}

function isBetter(chain: readonly ChainLink[], than: readonly ChainLink[]): boolean {
  const [one, other] = [chainEnds(chain), chainEnds(than)]
  return one > other || (one === other && chain.length < than.length)
}
