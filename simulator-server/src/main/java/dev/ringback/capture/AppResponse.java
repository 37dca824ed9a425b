package dev.ringback.capture;

import dev.ringback.callback.Param;
import java.util.List;
import okio.ByteString;

/** What the app answered, whole; headers in order. */
record AppResponse(int status, List<Param> headers, ByteString body) {}
