// What one hears when sound is on: a phone that rings, and Twilio's <Say> in the browser's own voice.
import { useEffect, useRef } from 'preact/hooks';

/** Two tones, two seconds on and four off, as a phone in North America rings. */
export function useRinging(rings) {
  useEffect(() => {
    if (!rings) return;
    const context = new AudioContext();
    const volume = context.createGain();
    volume.gain.value = 0;
    volume.connect(context.destination);
    for (const frequency of [440, 480]) {
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(volume);
      tone.start();
    }
    for (let ring = 0; ring < 20; ring++) {
      volume.gain.setValueAtTime(0.08, context.currentTime + ring * 6);
      volume.gain.setValueAtTime(0, context.currentTime + ring * 6 + 2);
    }
    return () => context.close();
  }, [rings]);
}

/** The text of a row in which Twilio speaks. */
const spoken = (row) => (row.kind === 'event' && row.who === 'twilio' ? /^<Say> "(.*)"/s.exec(row.text)?.[1] : undefined);

/** Says what Twilio says from now on; nothing of what it has said before. */
export function useSpeech(on, timeline) {
  const said = useRef(null);
  useEffect(() => {
    const texts = timeline.rows.map(spoken).filter(Boolean);
    if (on && said.current !== null && 'speechSynthesis' in globalThis) {
      texts.slice(said.current).forEach((text) => speechSynthesis.speak(new SpeechSynthesisUtterance(text)));
    }
    said.current = texts.length;
    if (!on && 'speechSynthesis' in globalThis) speechSynthesis.cancel();
  }, [on, timeline.rows.length]);
}
