/** The first thing Tab reaches: jumps over the bar. */
export function SkipLink({
  href = '#main',
  children = 'Skip to content',
}: {
  href?: string
  children?: string
}) {
  return (
    <a
      href={href}
      className="no-print sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-paper focus:px-3 focus:py-2 focus:shadow-float"
    >
      {children}
    </a>
  )
}
