package dev.ringback.call;

import java.util.List;

/** What a step gives: the call afterwards, and what is to be done. */
public record Step(Call call, List<Effect> effects) {}
