import { useEffect, useRef, useState } from 'preact/hooks'

/** The width that an element has on the page, px; 0 until it is there. */
export function useWidth<Box extends HTMLElement>() {
  const box = useRef<Box>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (box.current === null) return
    const seen = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    seen.observe(box.current)
    return () => seen.disconnect()
  }, [])
  return { box, width }
}
