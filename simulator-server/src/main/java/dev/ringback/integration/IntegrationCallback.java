package dev.ringback.integration;

import dev.ringback.engine.WorldSettings.Integration;
import dev.ringback.twiml.WireNamed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The callbacks of the integration service (docs/frontline/callbacks) and what each asks for. */
public enum IntegrationCallback implements WireNamed {
  CRM("crm"),
  OUTGOING_CONVERSATION("outgoing-conversation"),
  TEMPLATES("templates");

  private final String wireName;

  IntegrationCallback(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Where it goes; empty: that is not configured. */
  Optional<String> url(Integration integration) {
    return Optional.ofNullable(
        switch (this) {
          case CRM -> integration.crm();
          case OUTGOING_CONVERSATION -> integration.outgoingConversation();
          case TEMPLATES -> integration.templates();
        });
  }

  /** What a callback asks for; its {@code Location}. */
  public enum Location implements WireNamed {
    GET_CUSTOMERS_LIST(CRM, "GetCustomersList", "PageSize"),
    GET_CUSTOMER_DETAILS(CRM, "GetCustomerDetailsByCustomerId", "CustomerId"),
    CREATE_CUSTOMER(CRM, "CreateCustomer", "DisplayName Channels"),
    DELETE_CUSTOMER(CRM, "DeleteCustomer", "CustomerId"),
    GET_PROXY_ADDRESS(
        OUTGOING_CONVERSATION, "GetProxyAddress", "CustomerId ChannelType ChannelValue"),
    GET_TEMPLATES(TEMPLATES, "GetTemplatesByCustomerId", "CustomerId ConversationSid");

    private final IntegrationCallback callback;
    private final String wireName;
    private final String parameters;

    Location(IntegrationCallback callback, String wireName, String parameters) {
      this.callback = callback;
      this.wireName = wireName;
      this.parameters = parameters;
    }

    @Override
    public String wireName() {
      return wireName;
    }

    /** Parameters that the Frontline app always sends, beside Location and Worker. */
    public List<String> parameters() {
      return List.of(parameters.split(" ", -1));
    }

    static List<Location> of(IntegrationCallback callback) {
      return Arrays.stream(values()).filter(l -> l.callback == callback).toList();
    }
  }

  /** What it asks for by that name; empty: the app may ask for more than is known here. */
  public Optional<Location> location(String name) {
    return WireNamed.find(Location.class, name).filter(l -> l.callback == this);
  }

  /** What it can ask for, the most usual first. */
  public List<Location> locations() {
    return Location.of(this);
  }
}
