package dev.ringback.signature;

import dev.ringback.callback.Param;
import java.util.List;

/** A request that was signed lately; it may be the one that an app saw. */
public record SignedRequest(String url, List<Param> params) {}
