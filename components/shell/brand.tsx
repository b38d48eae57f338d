import Link from 'next/link'

export function Brand({ href }: { href: string }) {
  return (
    <Link
      href={href}
      className="rounded-sm text-lg whitespace-nowrap font-bold tracking-tight text-ink no-underline"
    >
      Counter<span className="text-accent">sign</span>
    </Link>
  )
}
