package dev.vigil.health.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthJsonTest {

  private static Reading read(String body) {
    Reading reading = new Reading();
    HealthJson.read(body.replace('\'', '"'), reading);
    return reading;
  }

  @ParameterizedTest
  @CsvSource({
    "healthy, HEALTHY",
    "degraded, DEGRADED",
    "unhealthy, UNHEALTHY",
    "UP, HEALTHY",
    "DOWN, UNHEALTHY",
    "OUT_OF_SERVICE, UNHEALTHY",
    "UNKNOWN, DEGRADED",
    "pass, HEALTHY",
    "Pass, HEALTHY",
    "ok, HEALTHY",
    "warn, DEGRADED",
    "fail, UNHEALTHY",
    "error, UNHEALTHY"
  })
  void knowsTheWordsOfEveryFormat(String word, Status expected) {
    Reading reading = read("{'status':'" + word + "'}");

    assertThat(reading.status()).isEqualTo(expected);
    assertThat(reading.strangeWord()).isNull();
  }

  @Test
  void readsTheNativeFormat() {
    Reading reading =
        read(
            """
            {'status':'unhealthy','timestamp':'2026-01-01T00:00:00Z','uptime':3,'checks':{
              'cache':{'status':'healthy','responseTime':1},
              'stripe':{'status':'degraded','message':'slow','data':{'status':'down'}},
              'database':{'status':'unhealthy','message':'refused','stuckAt':['a.B.c(B.java:1)']}}}
            """);

    assertThat(reading.status()).isEqualTo(Status.UNHEALTHY);
    assertThat(reading.wrong())
        .containsExactly(
            new WrongCheck("stripe", "degraded", "slow"),
            new WrongCheck("database", "unhealthy", "refused"));
  }

  @Test
  void readsWhyTheWholeIsAsItIs() {
    Reading reading = read("{'status':'unhealthy','reason':'draining','checks':{}}");

    assertThat(reading.reason()).isEqualTo("draining");
  }

  @Test
  void readsHealthJson() {
    Reading reading =
        read(
            """
            {'status':'warn','version':'1','notes':[''],'output':'','checks':{
              'db:responseTime':[{'componentId':'a','observedValue':250,'status':'warn',
                'affectedEndpoints':['/orders/{id}'],'output':'slow'},{'status':'pass'}],
              'uptime':[{'componentType':'system','observedValue':1209600.25,'status':'pass'}]},
             'links':{'about':'https://example.com/runbook'}}
            """);

    assertThat(reading.status()).isEqualTo(Status.DEGRADED);
    assertThat(reading.wrong()).containsExactly(new WrongCheck("db:responseTime", "warn", "slow"));
    assertThat(reading.reason()).isNull();
  }

  @Test
  void readsSpringBootActuatorWithNestedComponents() {
    Reading reading =
        read(
            """
            {'status':'DOWN','groups':['liveness','readiness'],'components':{
              'db':{'status':'DOWN','components':{
                'primary':{'status':'UP'},
                'replica':{'status':'DOWN','details':{'error':'java.sql.SQLException: refused'}}}},
              'breaker':{'status':'CIRCUIT_OPEN'},
              'ping':{'status':'UP'}}}
            """);

    assertThat(reading.status()).isEqualTo(Status.UNHEALTHY);
    assertThat(reading.wrong())
        .containsExactly(
            new WrongCheck("db/replica", "DOWN", "java.sql.SQLException: refused"),
            new WrongCheck("breaker", "CIRCUIT_OPEN", null));
  }

  @Test
  void namesTheComponentItselfWhenNothingInsideIsWrong() {
    Reading reading =
        read(
            "{'status':'DOWN','components':{'db':{'components':{'a':{'status':'UP'}},'status':'DOWN'}}}");

    assertThat(reading.wrong()).containsExactly(new WrongCheck("db", "DOWN", null));
  }

  @Test
  void readsDegradedInActuatorsFormat() {
    Reading reading =
        read(
            """
            {'description':'degraded','status':'UP','components':{
              'stripe':{'status':'UP','details':{'status':'degraded','message':'slow'}}}}
            """);

    assertThat(reading.status()).isEqualTo(Status.DEGRADED);
    assertThat(reading.wrong()).containsExactly(new WrongCheck("stripe", "degraded", "slow"));
  }

  @Test
  void doesNotTakeSomeDetailForTheWholeInActuatorsFormat() {
    Reading reading =
        read("{'status':'UP','components':{'a':{'status':'UP','details':{'status':'degraded'}}}}");

    assertThat(reading.status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void readsMicroProfile() {
    Reading reading =
        read(
            """
            {'status':'DOWN','checks':[
              {'name':'db','status':'DOWN','data':{'reason':'refused','retries':2}},
              {'status':'UP','name':'cache'}]}
            """);

    assertThat(reading.status()).isEqualTo(Status.UNHEALTHY);
    assertThat(reading.wrong()).containsExactly(new WrongCheck("db", "DOWN", "refused"));
  }

  @Test
  void readsDegradedInMicroProfile() {
    Reading reading =
        read("{'status':'UP','checks':[{'name':'a','data':{'status':'degraded'},'status':'UP'}]}");

    assertThat(reading.status()).isEqualTo(Status.DEGRADED);
    assertThat(reading.wrong()).containsExactly(new WrongCheck("a", "degraded", null));
  }

  @Test
  void takesTheWorseOfDuplicateKeys() {
    assertThat(read("{'status':'DOWN','status':'UP'}").status()).isEqualTo(Status.UNHEALTHY);
    assertThat(read("{'status':'UP','status':'DOWN'}").status()).isEqualTo(Status.UNHEALTHY);
    assertThat(read("{'status':'UP','checks':{'a':{'status':'DOWN','status':'UP'}}}").wrong())
        .containsExactly(new WrongCheck("a", "DOWN", null));
  }

  @Test
  void takesTheWorstCheckWhereTheWholeHasNoWord() {
    assertThat(read("{'checks':{'a':{'status':'UP'},'b':{'status':'DOWN'}}}").status())
        .isEqualTo(Status.UNHEALTHY);
  }

  @Test
  void takesAnUnknownWordForDegradedAndKeepsIt() {
    Reading reading = read("{'status':'wonderful'}");

    assertThat(reading.status()).isEqualTo(Status.DEGRADED);
    assertThat(reading.strangeWord()).isEqualTo("wonderful");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}",
        "{'status':1}",
        "{'status':null}",
        "{'status':{'code':'UP'}}",
        "{'STATUS':'UP'}",
        "[{'status':'DOWN'}]",
        "[]",
        "{'checks':null}",
        "{'checks':'all'}",
        "{'checks':[1,'a',null,[[{}]]]}",
        "{'checks':{'a':'DOWN','b':3}}",
        "{'db':{'healthy':false}}"
      })
  void learnsNothingFromOtherShapes(String body) {
    Reading reading = read(body);

    assertThat(reading.status()).isNull();
    assertThat(reading.wrong()).isEmpty();
  }
}
