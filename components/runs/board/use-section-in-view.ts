'use client'
import { useEffect, useState } from 'react'
import { sectionAnchor } from './section-anchor.ts'

/** The first section below the bar, as the page is scrolled. */
export function useSectionInView(sections: readonly { key: string }[]): string | null {
  const [inView, setInView] = useState<string | null>(null)
  useEffect(() => {
    const shown = new Set<string>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) shown.add(target.id)
          else shown.delete(target.id)
        }
        setInView(sections.find(({ key }) => shown.has(sectionAnchor(key)))?.key ?? null)
      },
      { rootMargin: '-96px 0px -55% 0px' },
    )
    for (const { key } of sections) {
      const section = document.getElementById(sectionAnchor(key))
      if (section) observer.observe(section)
    }
    return () => observer.disconnect()
  }, [sections])
  return inView
}
