package dev.ringback.signature;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to write in each framework. */
record Fixes(String express, String flask, String spring, String php) {
  Map<String, String> byFramework() {
    Map<String, String> fixes = new LinkedHashMap<>();
    fixes.put("Express", express);
    fixes.put("Flask", flask);
    fixes.put("Spring", spring);
    fixes.put("PHP", php);
    return fixes;
  }
}
