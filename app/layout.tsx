import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { HydrationMark } from '#components/ui/hydration-mark.tsx'
import { LiveRegion } from '#components/ui/live-region.tsx'
import { Toaster } from '#components/ui/toaster.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Countersign', template: '%s · Countersign' },
  description: 'Deployment checklists that prove themselves.',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false, date: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#17181c' },
  ],
}

/** Reading the cookie makes every page dynamic, which the nonce in the content policy needs as well. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body>
        {children}
        <LiveRegion />
        <Toaster />
        <HydrationMark />
      </body>
    </html>
  )
}
