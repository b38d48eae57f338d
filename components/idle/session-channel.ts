import type { SignInReason } from '#lib/shared/paths.ts'

/** What tabs of one browser tell each other about the session: a new deadline (ms since 1970), or its end. */
export type SessionNews = { deadline: number } | { over: SignInReason }

const NAME = 'countersign.session'

/** Opens the tabs' channel; `hear` gets the news of other tabs only. */
export function openSessionChannel(hear: (news: SessionNews) => void): {
  tell: (news: SessionNews) => void
  close: () => void
} {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<SessionNews>) => hear(data)
  let open = true
  return {
    // The page may be leaving while an answer is under way: what it learns then, the next page asks for itself.
    tell: (news) => {
      if (open) channel.postMessage(news)
    },
    close: () => {
      open = false
      channel.close()
    },
  }
}
