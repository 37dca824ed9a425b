// The recordings of a call: each channel's waveform, the player, the files.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { tags } from 'ringback/tags';

const { a, audio, button, canvas, div, h2, li, p, section, ul } = tags;
const CHANNELS = ['Customer', 'Worker'];

/** The loudest of each bar's samples. */
function peaks(samples, bars) {
  const each = Math.max(1, Math.floor(samples.length / bars));
  return Array.from({ length: bars }, (_, bar) => {
    let loudest = 0;
    for (let at = bar * each; at < (bar + 1) * each && at < samples.length; at += 4) {
      loudest = Math.max(loudest, Math.abs(samples[at]));
    }
    return loudest;
  });
}

function Waveform({ samples, name, point }) {
  const ref = useRef(null);
  useEffect(() => {
    const at = ref.current;
    const draw = at.getContext('2d');
    draw.clearRect(0, 0, at.width, at.height);
    draw.fillStyle = getComputedStyle(at).color;
    peaks(samples, at.width / 3).forEach((peak, bar) => {
      const tall = Math.max(1, peak * at.height);
      draw.fillRect(bar * 3, (at.height - tall) / 2, 2, tall);
    });
  }, [samples]);
  // The player below has the same for the keyboard.
  const fraction = (event) => event.offsetX / ref.current.clientWidth;
  return canvas({
    ref,
    width: 600,
    height: 40,
    role: 'img',
    'aria-label': `Waveform: ${name}`,
    onPointerMove: (event) => point(fraction(event), false),
    onPointerLeave: () => point(null, false),
    onClick: (event) => point(fraction(event), true),
  });
}

function Recording({ file, recording, hear, sounds }) {
  const player = useRef(null);
  const ready = recording.status === 'completed' && Boolean(file.sound);
  const [sound, setSound] = useState(null);
  useEffect(() => {
    if (!ready) return;
    const context = new OfflineAudioContext(1, 1, 8000);
    fetch(file.sound)
      .then((response) => response.arrayBuffer())
      .then((bytes) => context.decodeAudioData(bytes))
      .then(setSound);
  }, [recording.recordingSid, ready]);
  const point = (fraction, chosen) => {
    const seconds = fraction === null ? null : fraction * sound.duration;
    hear(recording, seconds);
    if (chosen) player.current.currentTime = seconds;
  };
  const channels = sound ? Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i)) : [];
  return div(
    { class: 'recording' },
    p({}, `${recording.recordingSid.slice(0, 10)} · ${recording.source ?? ''} · ${recording.status}`),
    recording.status === 'absent' ? p({ class: 'note' }, 'There is no file: nothing was said, or less than a second.') : null,
    channels.map((samples, i) =>
      h(Waveform, { samples, point, name: channels.length === 1 ? 'both' : CHANNELS[i] ?? `channel ${i + 1}` }),
    ),
    ready
      ? [
          audio({
            ref: player,
            controls: true,
            onTimeUpdate: (event) => hear(recording, event.target.currentTime),
            onEnded: () => hear(recording, null),
            src: file.sound,
            'aria-label': `Recording ${recording.recordingSid}`,
          }),
          ul(
            { class: 'sounds' },
            sounds.map((sound) =>
              li(
                {},
                button(
                  {
                    type: 'button',
                    onClick: () => {
                      player.current.currentTime = sound.seconds;
                    },
                  },
                  `${sound.seconds.toFixed(1)} s ${sound.text}`,
                ),
              ),
            ),
          ),
          p({}, ['WAV', 'MP3'].filter((type) => file[type]).map((type) => [a({ href: file[type], download: `${recording.recordingSid}.${type.toLowerCase()}` }, type), ' '])),
        ]
      : null,
  );
}

/**
 * @param files recording → {sound, WAV, MP3}: where its files are; left out, it is not known yet
 * @param hear (recording, seconds) → void: it is played at that; null: no more
 * @param sounds recording → what made its sounds, as {seconds, text}
 */
export function Recordings({ files, recordings, hear, sounds }) {
  if (!files || !recordings?.length) return null;
  return section(
    { class: 'recordings', 'aria-labelledby': 'recordings' },
    h2({ id: 'recordings' }, 'Recordings'),
    recordings.map((recording) => h(Recording, { key: recording.recordingSid, file: files(recording), recording, hear, sounds: sounds(recording) })),
  );
}
